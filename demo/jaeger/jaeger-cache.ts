import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

const program = process.platform === 'win32' ? 'jaeger.exe' : 'jaeger'

export interface JaegerCache {
  /** The program that is kept under a key; none when there is none, or when it is no longer what was put there, which then is removed. */
  find(key: string): Promise<string | undefined>
  /** The keys that there are. */
  keys(): Promise<string[]>
  /** Has a program made, under a name of its own until it is whole: a start may be broken off, and two may run at once. */
  keep(key: string, make: (file: string) => Promise<void>): Promise<string>
}

/** Where Jaegers are kept: for all checkouts of a user, since to fetch or build one takes minutes. */
export function standardCache(env: Record<string, string | undefined>): string {
  return env.JAEGER_CACHE || join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'ordertrace', 'jaeger')
}

export function createJaegerCache(folder: string): JaegerCache {
  const find: JaegerCache['find'] = async (key) => {
    const [kept, file] = [join(folder, key), join(folder, key, program)]
    const noted = await readFile(join(kept, 'sha256'), 'utf8').catch(() => undefined)
    if (noted !== undefined && noted === (await sha256(file).catch(() => undefined))) return file
    await rm(kept, { recursive: true, force: true })
    return undefined
  }
  return {
    find,
    keys: () => readdir(folder).catch(() => []),
    async keep(key, make) {
      await mkdir(folder, { recursive: true })
      const unfinished = await mkdtemp(join(folder, '.unfinished-'))
      const file = join(unfinished, program)
      try {
        await make(file)
        await writeFile(join(unfinished, 'sha256'), await sha256(file))
        // Fails where another start was first; its program is as good.
        await rename(unfinished, join(folder, key)).catch(async (error) => {
          if (!(await find(key))) throw error
        })
      } finally {
        await rm(unfinished, { recursive: true, force: true })
      }
      return join(folder, key, program)
    },
  }
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
