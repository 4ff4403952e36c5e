import { fileURLToPath } from 'node:url'

const from = (path) => fileURLToPath(new URL(path, import.meta.url))

/**
 * How a UI is built: its sources are in `demo/<name>/app`, its files go to `demo/.built/<name>`.
 * @param {string} name
 * @param {import('vite').PluginOption[]} [plugins]
 * @returns {import('vite').UserConfig}
 */
export const uiConfig = (name, plugins = []) => ({
  root: from(`../${name}/app`),
  plugins,
  esbuild: { jsx: 'automatic' },
  // As an application gets it that has installed the package.
  resolve: { alias: { ordertrace: from('../../dist/ordertrace.js') } },
  build: {
    outDir: from(`../.built/${name}`),
    emptyOutDir: true,
    sourcemap: true,
    target: 'es2022',
    // The pages' policy lets nothing in that is not a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      // "use client" is for frameworks that render on servers; here all is the client.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
  logLevel: 'warn',
})
