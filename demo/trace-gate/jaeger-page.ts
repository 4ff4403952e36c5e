import { createHash } from 'node:crypto'

/** What the store answers for its page, and the policy under which it works. */
export interface JaegerPage {
  status: number
  policy: string
  body: string
}

/**
 * Fetches Jaeger's page. It has scripts and its base address in itself: these scripts are allowed by their hashes, and no others.
 * Its graphs are drawn by WebAssembly in a worker. Nothing for what is no page: what is in an answer of another kind was written by others.
 */
export async function fetchJaegerPage(queryUrl: string, path: string): Promise<JaegerPage | undefined> {
  const response = await fetch(queryUrl + path, { redirect: 'manual' })
  const body = await response.text()
  if (!/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) return undefined
  const scripts = [...body.matchAll(/<script(?![^>]*\ssrc\s*=)[^>]*>([\s\S]*?)<\/script>/gi)]
  const hashes = scripts.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  const policy = [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' '),
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
  return { status: response.status, policy, body }
}
