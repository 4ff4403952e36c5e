import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'

export const root = new URL('../../', import.meta.url)
export const scriptFile = () => readFile(new URL('dist/ordertrace.min.js', root), 'utf8')
export const stubFile = () => readFile(new URL('dist/stub.js', root), 'utf8')

/** Bundles a page's script as a user of the package would, with `import … from 'ordertrace'`; native `async` stays native. */
export async function bundle(source: string): Promise<string> {
  const result = await build({
    stdin: { contents: source, resolveDir: root.pathname, loader: 'ts' },
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  })
  return result.outputFiles[0]?.text ?? ''
}
