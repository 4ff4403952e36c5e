import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { transform } from 'esbuild'

// Types are checked by tsc; here they are only taken out.
const typescript = {
  name: 'typescript',
  transform: (code, id) =>
    id.endsWith('.ts') ? transform(code, { loader: 'ts', target: 'es2022', sourcemap: true }) : null,
}
// The OpenTelemetry packages hold a Node and a browser part side by side; `browser` picks ours.
const plugins = [resolve({ browser: true, extensions: ['.ts', '.mjs', '.js'] }), typescript]
// A single character beyond Latin would make the browser keep the whole script in two bytes a character.
const minify = terser({ ecma: 2020, compress: { passes: 3 }, format: { ascii_only: true } })

// A circular import of ours is a defect (a test draws the graph); one inside a dependency is not ours to mend.
const onwarn = (warning, warn) => {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return
  warn(warning)
}

const script = (input, file) => ({
  input,
  output: { file, format: 'iife', sourcemap: true, plugins: [minify] },
  plugins,
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
  script('src/script-tag.ts', 'dist/ordertrace.min.js'),
  script('src/stub.ts', 'dist/stub.js'),
]
