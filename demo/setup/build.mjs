import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './install.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the built files are made from. */
const sources = ['src', 'rollup.config.mjs', 'package-lock.json']
/** The last files that `npm run build` writes: all there means that the build was not interrupted. */
const results = [
  'dist/ordertrace.js',
  'dist/ordertrace.min.js',
  'dist/stub.js',
  'dist/zone.js',
  'dist/command.js',
  'dist/analyst/worker.js',
  'dist/types/index.d.ts',
]

/** The single-page applications: what each is made from beside its own folder, which holds its configuration too. */
const uis = ['crm-ui', 'mes-ui']
const uiSources = [
  'demo/ui',
  'demo/setup/ui-config.mjs',
  'demo/parts/orders',
  'demo/internet-shop/pages/assets/images',
  'dist/ordertrace.js',
  'package-lock.json',
]

/**
 * Builds the SDK when `dist/` is missing or older than its sources, and then each UI that is.
 * @param {{ log: (line: string) => void }} options
 */
export async function ensureBuilt({ log }) {
  if (Math.min(...results.map(modifiedAt)) < Math.max(...sources.map(newestIn))) {
    log('Building the SDK (npm run build)…')
    await run('npm', ['run', '--silent', 'build'])
  }
  for (const ui of uis) {
    const newest = Math.max(...[`demo/${ui}`, ...uiSources].map(newestIn))
    if (modifiedAt(`demo/.built/${ui}/index.html`) >= newest) continue
    log(`Building ${ui}…`)
    await run('npx', ['vite', 'build', '--config', `demo/${ui}/vite.config.mjs`])
  }
}

function newestIn(path) {
  const full = join(root, path)
  const stats = statSync(full)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(full).map((name) => newestIn(join(path, name))))
}

/** 0 for a file that does not exist: older than everything. */
function modifiedAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
