import type { OtlpLimits } from '../otlp/limits'
import { readBody } from '../otlp/read-body'
import { readSpans } from '../otlp/read-spans'
import { messageOf, OtlpRefusal } from '../otlp/refusal'
import type { Delivery } from './delivery'

/** A request to a collector, whichever way it came. */
export interface DeliveredRequest {
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What a request holds, and what a collector answers to it that has no trouble of its own. */
export async function readDelivery(
  { url, headers, body }: DeliveredRequest,
  limits: OtlpLimits = {},
): Promise<Delivery> {
  const known = { url, headers, bytes: body.byteLength }
  try {
    const request = await readBody(body, headers, limits)
    const { spans, rejected } = readSpans(request, limits)
    const problems = rejected.map((reason) => `A span could not be used: ${reason}`)
    return { ...known, request, spans, problems, status: 200, refused: false }
  } catch (error) {
    const status = error instanceof OtlpRefusal ? error.status : 500
    const problems = [`A request could not be read: ${messageOf(error)}`]
    return { ...known, request: undefined, spans: [], problems, status, refused: true }
  }
}
