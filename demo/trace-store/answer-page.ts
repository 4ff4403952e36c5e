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
  'trace-model.js',
  'waterfall.js',
  'trace-list.js',
  'steps.js',
  'texts.js',
  'icon.svg',
]

/** Answers the page for people and its files; undefined when the path is none of them. */
export async function answerPage(path: string): Promise<Answer | undefined> {
  const file = path === '/' ? 'index.html' : path.slice(1)
  if (!FILES.includes(file)) return undefined
  const body = await readFile(new URL(`./page/${file}`, import.meta.url))
  const type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  const policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  return { status: 200, headers: { 'content-type': type, 'content-security-policy': policy }, body }
}
