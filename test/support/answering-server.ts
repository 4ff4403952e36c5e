import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A real HTTP server whose answers the test decides, and which remembers what it was asked. */
export interface AnsweringServer {
  url: string
  /** Paths with their queries, in order. */
  asked: string[]
  stop(): Promise<void>
}

/** Starts one on a free port. */
export async function startAnswering(
  answer: (url: URL, response: ServerResponse, request: IncomingMessage) => void,
): Promise<AnsweringServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(new URL(request.url ?? '', 'http://server'), response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
