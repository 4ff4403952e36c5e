import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import type { ExportRequest } from './export-request'
import { DEFAULT_LIMITS, type OtlpLimits } from './limits'
import { readProtobuf } from './protobuf'
import { messageOf, OtlpRefusal } from './refusal'

const DECOMPRESS = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate) }

/** The two headers that say how a body is to be read; as Node has them in `request.headers`. */
export interface BodyHeaders {
  'content-type'?: string | undefined
  'content-encoding'?: string | undefined
}

/**
 * Reads the body of an OTLP/HTTP trace request: JSON or protobuf, plain, gzip or deflate.
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp
 * @throws OtlpRefusal with 415 for another type or encoding, 413 beyond the limits, 400 for what is not a trace request
 */
export async function readBody(
  body: Uint8Array,
  headers: BodyHeaders,
  limits: OtlpLimits = {},
): Promise<ExportRequest> {
  const { maxBytes } = { ...DEFAULT_LIMITS, ...limits }
  if (body.byteLength > maxBytes) throw tooLarge(maxBytes)
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  const isProtobuf = type === 'application/x-protobuf' || type === 'application/protobuf'
  // A beacon of text needs no preflight, so some pages call their JSON that.
  if (!isProtobuf && type !== 'application/json' && type !== 'text/plain') {
    const given = type ? `"${type}"` : 'no content type'
    throw new OtlpRefusal(415, `OTLP comes as application/json or application/x-protobuf, and this is ${given}`)
  }
  const bytes = await decompress(body, headers['content-encoding'], maxBytes)
  return isProtobuf ? readProtobuf(bytes, limits) : readJson(bytes)
}

async function decompress(body: Uint8Array, given: string | undefined, maxBytes: number): Promise<Uint8Array> {
  const encoding = (given ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return body
  if (!Object.hasOwn(DECOMPRESS, encoding)) {
    throw new OtlpRefusal(415, `content encoding must be gzip, deflate or none, not "${encoding}"`)
  }
  try {
    return await DECOMPRESS[encoding as keyof typeof DECOMPRESS](body, { maxOutputLength: maxBytes })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes)
    throw new OtlpRefusal(400, `the body is not valid ${encoding}: ${messageOf(error)}`)
  }
}

function readJson(bytes: Uint8Array): ExportRequest {
  let request: unknown
  try {
    request = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new OtlpRefusal(400, `the body is not valid JSON: ${messageOf(error)}`)
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new OtlpRefusal(400, 'the body must be a JSON object with "resourceSpans"')
  }
  const { resourceSpans } = request as ExportRequest
  if (resourceSpans !== undefined && !Array.isArray(resourceSpans)) {
    throw new OtlpRefusal(400, '"resourceSpans" must be an array')
  }
  return request
}

const tooLarge = (maxBytes: number) => new OtlpRefusal(413, `the body is larger than ${maxBytes} bytes`)
