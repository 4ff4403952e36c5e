import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Answer, json } from './answer'
import { readSpans } from './read-spans'
import type { TraceMemory } from './trace-memory'

const gunzipAsync = promisify(gunzip)

/** google.rpc codes, which OTLP's error body carries: INVALID_ARGUMENT and RESOURCE_EXHAUSTED. */
const INVALID = 3
const EXHAUSTED = 8

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

/**
 * Answers `POST /v1/traces`: OTLP/HTTP with a JSON body, plain or gzip.
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export async function receiveTraces(
  request: IncomingMessage,
  { memory, maxBodyBytes }: { memory: TraceMemory; maxBodyBytes: number },
): Promise<Answer> {
  try {
    requireJson(request)
    const body = await readBody(request, maxBodyBytes)
    return accepted(parse(body), memory)
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, { code: error.code, message: error.message })
    throw error
  }
}

function accepted(body: unknown, memory: TraceMemory): Answer {
  const { records, rejected } = read(body)
  const noRoom = memory.add(records)
  if (rejected.length + noRoom === 0) return json(200, {})
  const reasons = [...new Set(rejected)].slice(0, 3)
  if (noRoom > 0) reasons.push(`no room for ${noRoom} more spans of this trace`)
  // 64-bit numbers are strings in OTLP's JSON.
  const rejectedSpans = String(rejected.length + noRoom)
  return json(200, { partialSuccess: { rejectedSpans, errorMessage: reasons.join('; ') } })
}

function read(body: unknown): ReturnType<typeof readSpans> {
  try {
    return readSpans(body)
  } catch (error) {
    throw new Refusal(400, INVALID, `not an OTLP export request: ${messageOf(error)}`)
  }
}

function requireJson(request: IncomingMessage): void {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return
  const given = type ? `"${type}"` : 'no content type'
  throw new Refusal(415, INVALID, `this store reads OTLP as JSON only (application/json), and got ${given}`)
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // Left open when the limit is passed, for the rest is still to be read: a socket closed in mid-upload would take the
  // answer with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding === 'identity') return body
  if (encoding === 'gzip') return inflate(body, limit)
  throw new Refusal(415, INVALID, `content encoding must be gzip or none, not "${encoding}"`)
}

async function inflate(body: Buffer, limit: number): Promise<Buffer> {
  try {
    // The limit holds for what comes out as well: a few kilobytes of gzip can hold gigabytes of zeros.
    return await gunzipAsync(body, { maxOutputLength: limit })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit)
    throw new Refusal(400, INVALID, `the body is not valid gzip: ${messageOf(error)}`)
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new Refusal(400, INVALID, `the body is not valid JSON: ${messageOf(error)}`)
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, EXHAUSTED, `the body is larger than ${limit} bytes`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
