import { readFile } from 'node:fs/promises'
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { transform } from 'esbuild'
import { internalNames } from './internal-names.mjs'

/** The fields of a class are set in its constructor, which is shorter than to declare them and set them. */
const tsconfigRaw = { compilerOptions: { useDefineForClassFields: false } }
// Types are checked by tsc; here they are only taken out.
const typescript = {
  name: 'typescript',
  transform: (code, id) => {
    const [, loader] = /\.(tsx?)$/.exec(id) ?? []
    return loader ? transform(code, { loader, jsx: 'automatic', target: 'es2022', sourcemap: true, tsconfigRaw }) : null
  },
}
// The enumerations of the API are objects that no bundler takes apart; the script needs six of their numbers. Infinity is shorter as a quotient.
const api = { SpanKind, SpanStatusCode, TraceFlags }
const enumerations = {
  name: 'enumerations',
  transform: (code, id) =>
    id.includes('/src/') && {
      code: code
        .replace(/\b(SpanKind|SpanStatusCode|TraceFlags)\.([A-Z]+)\b/g, (_, of, name) => api[of][name])
        .replace(/\bNumber\.(POSITIVE|NEGATIVE)_INFINITY\b/g, (_, sign) => (sign === 'POSITIVE' ? '(1/0)' : '(-1/0)')),
      map: null,
    },
}
// The OpenTelemetry packages hold a Node and a browser part side by side; `browser` picks ours.
const plugins = [resolve({ browser: true, extensions: ['.ts', '.tsx', '.mjs', '.js'] }), typescript]
// A single character beyond Latin would make the browser keep the whole script in two bytes a character.
const minify = (preamble) =>
  terser({
    ecma: 2020,
    // None of our functions is called with `new`. Inlined, some of them would repeat what packs better as a call.
    compress: { passes: 9, unsafe_arrows: true, inline: 1, keep_fargs: false, unsafe_proto: true },
    // Some of the names are also those of members of the browser's objects that we never use.
    mangle: { properties: { regex: new RegExp(`^(${internalNames.join('|')})$`), keep_quoted: true, builtins: true } },
    format: { ascii_only: true, preamble },
  })
/** One word for all declarations is repeated more often and so packs better. As long as before, for the map's sake. */
const declarations = {
  name: 'declarations',
  renderChunk: (code) => ({ code: code.replace(/\bconst /g, 'let   '), map: null }),
}

// A circular import of ours is a defect (a test draws the graph); what is inside a dependency is not ours to mend.
const onwarn = (warning, warn) => {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return
  if (warning.code === 'THIS_IS_UNDEFINED' && warning.id?.includes('node_modules')) return
  warn(warning)
}

const script = (input, file, preamble) => ({
  input,
  output: { file, format: 'iife', sourcemap: true, plugins: [declarations, minify(preamble)] },
  plugins: [...plugins, enumerations],
  onwarn,
})

// For Node: tests, collectors and the command. Nothing of it is in what pages load.
const node = {
  input: { playwright: 'src/playwright/index.ts', collector: 'src/collector/index.ts', command: 'src/command/main.ts' },
  external: [/^node:/, '@playwright/test', '@opentelemetry/api'],
  output: { dir: 'dist', format: 'es', sourcemap: true, chunkFileNames: 'chunks/[name].js' },
  plugins: [resolve({ extensions: ['.ts', '.mjs', '.js'] }), typescript],
  onwarn,
}

/** The analyst's page: its files lie side by side, to be served, or put into one file by the command. */
const analystFiles = {
  name: 'analyst-files',
  async generateBundle() {
    const read = (path) => readFile(new URL(path, import.meta.url), 'utf8')
    const styles = await Promise.all(['node_modules/uplot/dist/uPlot.min.css', 'src/analyst-page/page.css'].map(read))
    this.emitFile({ type: 'asset', fileName: 'page.css', source: styles.join('\n') })
    this.emitFile({ type: 'asset', fileName: 'index.html', source: await read('src/analyst-page/index.html') })
  },
}
const analystScript = (input, name, more = []) => ({
  input,
  output: {
    dir: 'dist/analyst',
    entryFileNames: name,
    format: 'iife',
    plugins: [terser({ format: { ascii_only: true } })],
  },
  plugins: [...plugins, ...more],
  onwarn,
})

export default [
  {
    // The page's own copy of the OpenTelemetry API stays the page's: it is an ordinary dependency of the package.
    input: 'src/index.ts',
    external: ['@opentelemetry/api'],
    output: { file: 'dist/ordertrace.js', format: 'es', sourcemap: true },
    plugins,
    onwarn,
  },
  {
    // zone.js and its context manager are the page's own as well.
    input: 'src/zone.ts',
    external: ['@opentelemetry/api', '@opentelemetry/context-zone'],
    output: { file: 'dist/zone.js', format: 'es', sourcemap: true },
    plugins,
    onwarn,
  },
  // Most of it runs as the page starts. Chromium compiles it as it comes, beside the page's thread, and not call by call on it:
  // https://v8.dev/blog/explicit-compile-hints
  script('src/script-tag.ts', 'dist/ordertrace.min.js', '//# allFunctionsCalledOnLoad'),
  script('src/stub.ts', 'dist/stub.js'),
  node,
  analystScript('src/analyst-page/main.tsx', 'page.js', [analystFiles]),
  analystScript('src/analyst-page/worker.ts', 'worker.js'),
]
