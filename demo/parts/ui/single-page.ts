import { fileURLToPath } from 'node:url'
import { createPages, type Pages } from './pages'

/** A built single-page application: every address without an extension is its one page, whose router does the rest. */
export function createSinglePage(name: 'crm-ui' | 'mes-ui'): Pages {
  const folder = fileURLToPath(new URL(`../../.built/${name}/`, import.meta.url))
  return createPages({ folder, pageAt: () => 'index.html' })
}
