import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'

const plugins = [resolve({ browser: true }), esbuild({ target: 'es2022', sourceMap: true })]

// A circular import of ours is a defect (a test draws the graph); one inside a dependency is not ours to mend.
const onwarn = (warning, warn) => {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return
  warn(warning)
}

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
    input: 'src/script-tag.ts',
    output: {
      file: 'dist/ordertrace.min.js',
      format: 'iife',
      sourcemap: true,
      plugins: [terser({ ecma: 2020, compress: { passes: 3 } })],
    },
    plugins,
    onwarn,
  },
]
