import type { IncomingMessage } from 'node:http'
import { readBody } from '../../src/otlp/read-body'
import { OtlpRefusal } from '../../src/otlp/refusal'
import type { Answer } from './answer'
import { exportAnswer, refusalAnswer } from './export-answer'
import { readSpans } from './read-spans'
import type { TraceMemory } from './trace-memory'

/** Not text, which a page of any web site may send to this machine without asking. */
const types = ['application/json', 'application/x-protobuf']

/** Answers `POST /v1/traces`: OTLP/HTTP, JSON or protobuf, plain or compressed, in the encoding of the request. */
export async function receiveTraces(
  request: IncomingMessage,
  { memory, maxBodyBytes }: { memory: TraceMemory; maxBodyBytes: number },
): Promise<Answer> {
  const isProtobuf = (request.headers['content-type'] ?? '').includes('protobuf')
  try {
    if (!types.includes(readType(request))) {
      throw new OtlpRefusal(415, 'OTLP comes as application/json or application/x-protobuf')
    }
    const body = await readBody(await collect(request, maxBodyBytes), request.headers, { maxBytes: maxBodyBytes })
    const { records, rejected } = readSpans(body)
    const noRoom = memory.add(records)
    const reasons = [...new Set(rejected)].slice(0, 3)
    if (noRoom > 0) reasons.push(`no room for ${noRoom} more spans of this trace`)
    return exportAnswer({ rejected: rejected.length + noRoom, message: reasons.join('; ') }, isProtobuf)
  } catch (error) {
    if (error instanceof OtlpRefusal) return refusalAnswer(error, isProtobuf)
    throw error
  }
}

function readType({ headers }: IncomingMessage): string {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // Left open when the limit is passed, for the rest is still to be read: a socket closed in mid-upload would take the
  // answer with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new OtlpRefusal(413, `the body is larger than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
