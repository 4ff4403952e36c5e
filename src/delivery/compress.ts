import { utf8 } from './waiting'

/** The body of a request. */
export interface Body {
  content: Uint8Array<ArrayBuffer>
  encoding?: 'gzip'
}

/** Below that gzip has little to find. */
const WORTH_IT_BYTES = 512

export const plain = (text: string): Body => ({ content: utf8(text) })

/** With gzip where the browser has it. Written and read by hand it is done within the task, which counts when a page is about to go. */
export async function compress(text: string): Promise<Body> {
  const body = plain(text)
  if (body.content.length < WORTH_IT_BYTES) return body
  try {
    const { readable, writable } = new CompressionStream('gzip')
    const writer = writable.getWriter()
    const [content] = await Promise.all([readAll(readable), writer.write(body.content), writer.close()])
    return { content, encoding: 'gzip' }
  } catch {
    return body
  }
}

async function readAll(readable: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = readable.getReader()
  const bytes: number[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Uint8Array.from(bytes)
    // Spread, each byte would be an object on its way.
    Reflect.apply(bytes.push, bytes, value)
  }
}
