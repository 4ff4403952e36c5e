import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where our SDK cannot be: it runs in windows. */
const NOT_IN_A_WINDOW = /\.([a-z]*worker|shadowrealm)[a-z-]*\.html$/

/**
 * The tests of these folders that run in a window, each variant of each, as the checkout's own tool lists them.
 * @returns {{ path: string, isLong: boolean }[]}
 */
export function listTests(checkout, python, folders) {
  const cache = mkdtempSync(join(tmpdir(), 'platform-tests-'))
  try {
    const file = join(cache, 'manifest.json')
    const args = ['-B', 'wpt', 'manifest', '--no-download', '--cache-root', cache, '-p', file, ...folders]
    const { status, stderr, error } = spawnSync(python, args, { cwd: checkout, encoding: 'utf8' })
    if (status !== 0) throw new Error(`No list of the tests in ${checkout}: ${error?.message ?? stderr}`)
    return [...entries(JSON.parse(readFileSync(file, 'utf8')).items.testharness)].filter(
      ({ path }) => !NOT_IN_A_WINDOW.test(path.replace(/\?.*/, '')),
    )
  } finally {
    rmSync(cache, { recursive: true })
  }
}

/** A tree of folders; a file holds its hash and, for each variant, `[url or null, properties]`. */
function* entries(tree, folder = '') {
  for (const [name, node] of Object.entries(tree)) {
    if (!Array.isArray(node)) yield* entries(node, `${folder}/${name}`)
    else
      for (const [url, { timeout }] of node.slice(1))
        yield { path: url ? `/${url}` : `${folder}/${name}`, isLong: timeout === 'long' }
  }
}
