import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'

const root = new URL('../../', import.meta.url)

/** The fastest of the peers that were looked at, as its makers build it. Its spans are not OTLP: it is compared where that does not count. */
export const ELASTIC = 'Elastic APM RUM'

/** Each as a page would load it: one minified script. The peers of OpenTelemetry are built with the bundler and minifier that build ours. */
export async function buildContenders() {
  return [
    { name: 'ordertrace', code: read('dist/ordertrace.min.js') },
    { name: ELASTIC, code: read('node_modules/@elastic/apm-rum/dist/bundles/elastic-apm-rum.umd.min.js') },
    { name: 'plain OpenTelemetry', code: await build('plain.js') },
    { name: 'plain OpenTelemetry with zone.js', code: await build('plain-zone.js') },
  ]
}

const read = (path) => readFileSync(new URL(path, root), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')

export const measureSizes = (contenders) => contenders.map(({ name, code }) => measureSize(name, code))

/** @returns {{ name: string, minified: number, gzip: number, brotli: number }} bytes */
function measureSize(name, text) {
  const code = Buffer.from(text)
  return {
    name,
    minified: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  }
}

async function build(peer) {
  const input = fileURLToPath(new URL(`peers/${peer}`, import.meta.url))
  const bundle = await rollup({ input, plugins: [resolve({ browser: true })], onwarn() {} })
  const minify = terser({ ecma: 2020, compress: { passes: 6 } })
  const { output } = await bundle.generate({ format: 'iife', plugins: [minify] })
  await bundle.close()
  return output[0].code
}
