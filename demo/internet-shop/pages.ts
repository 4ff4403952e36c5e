import { fileURLToPath } from 'node:url'
import { createPages, type Pages } from '../parts/ui/pages'

/** What a page loads from the SDK's build. */
const sdkFiles = ['ordertrace.min.js', 'ordertrace.min.js.map', 'stub.js']

/** The shop's pages, and the SDK's script as they load it. */
export function createShopPages(): Pages {
  const sdk = (name: string) => [`/${name}`, fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))] as const
  return createPages({
    folder: fileURLToPath(new URL('./pages/', import.meta.url)),
    pageAt,
    elsewhere: new Map(sdkFiles.map(sdk)),
  })
}

/** Clean addresses: `/` is the catalogue, `/order` the form, `/orders/o-…` the page of one order. */
function pageAt(path: string): string {
  if (path === '/') return 'index.html'
  return /^\/orders\/[^/]+$/.test(path) ? 'order-status.html' : `${path.slice(1)}.html`
}
