import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { listen } from './listen'

export interface FakeS3 {
  url: string
  /** The bytes by the path `/bucket/key`. */
  objects: Map<string, Buffer>
  /** Answers every request with an error while true. */
  broken: boolean
  stop(): Promise<void>
}

/** The three requests of S3 that the demo makes, answered from memory. */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? ''
    const body = await buffer(request)
    if (fake.broken) return response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
    if (request.method === 'PUT') objects.set(path, body)
    if (request.method === 'DELETE') objects.delete(path)
    if (request.method !== 'GET') return response.writeHead(200).end()
    const found = objects.get(path)
    if (found) response.writeHead(200, { 'Content-Length': found.length }).end(found)
    else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
  })
  const fake: FakeS3 = { ...(await listen(server)), objects, broken: false }
  return fake
}
