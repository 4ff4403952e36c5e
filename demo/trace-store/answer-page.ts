import { readFile } from 'node:fs/promises'
import type { Answer } from './answer'

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** The page's own files; a list rather than a look-up on disk, so that no path can leave the folder. */
const FILES = [
  'index.html',
  'page.css',
  'page.js',
  'find-traces.js',
  'trace-model.js',
  'tree-order.js',
  'waterfall.js',
  'trace-list.js',
  'steps.js',
  'texts.js',
  'icon.svg',
]

/** What the page stands before: the embedded store, by itself or behind the gate, or a Jaeger behind the gate, which may have a page of its own. */
export type PageStore = 'embedded' | 'embedded gate' | 'jaeger' | 'jaeger page'

/** Answers the page for people and its files; undefined when the path is none of them. */
export async function answerPage(path: string, store: PageStore = 'embedded'): Promise<Answer | undefined> {
  const file = path === '/' ? 'index.html' : path.slice(1)
  if (!FILES.includes(file)) return undefined
  const content = await readFile(new URL(`./page/${file}`, import.meta.url))
  const isPage = file === 'index.html'
  const body = isPage ? content.toString().replace('data-store="embedded"', `data-store="${store}"`) : content
  const type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  const policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  return { status: 200, headers: { 'content-type': type, 'content-security-policy': policy }, body }
}
