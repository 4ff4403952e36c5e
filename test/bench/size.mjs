import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'

const root = new URL('../../', import.meta.url)

/** Each as a page would load it: one minified script. The peers are built with the bundler and minifier that build ours. */
export async function buildContenders() {
  return [
    { name: 'ordertrace', code: readFileSync(new URL('dist/ordertrace.min.js', root), 'utf8') },
    { name: 'plain OpenTelemetry', code: await build('plain.js') },
    { name: 'plain OpenTelemetry with zone.js', code: await build('plain-zone.js') },
  ]
}

export const measureSizes = (contenders) => contenders.map(({ name, code }) => measureSize(name, code))

/** @returns {{ name: string, minified: number, gzip: number, brotli: number }} bytes */
function measureSize(name, text) {
  const code = Buffer.from(text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''))
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
