import { utf8 } from './waiting'

/** The body of a request. */
export interface Body {
  content: Uint8Array<ArrayBuffer>
  encoding?: 'gzip'
}

/** Below that gzip has little to find. */
const WORTH_IT_BYTES = 512

export const plain = (text: string): Body => ({ content: utf8(text) })

/** With gzip where the browser has it; it takes some turns of the event loop, so it is for a page that lives. */
export async function compress(text: string): Promise<Body> {
  const body = plain(text)
  if (body.content.length < WORTH_IT_BYTES || typeof CompressionStream === 'undefined') return body
  try {
    const compressed = new Blob([body.content]).stream().pipeThrough(new CompressionStream('gzip'))
    return { content: new Uint8Array(await new Response(compressed).arrayBuffer()), encoding: 'gzip' }
  } catch {
    return body
  }
}
