import { readdir, readFile, readlink } from 'node:fs/promises'

/** One TCP socket that listens, as Linux lists it: the address in hexadecimal, `0100007F` for 127.0.0.1. */
interface Listening {
  address: string
  port: number
  inode: string
}

/** Addresses by port. */
export async function listListening(): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>()
  for (const { port, address } of await readSockets()) found.set(port, [...(found.get(port) ?? []), address])
  return found
}

/** The addresses on which a process and those that it started listen. */
export async function listListeningOf(pid: number): Promise<string[]> {
  const inodes = new Set(await readInodes(pid))
  return (await readSockets()).filter(({ inode }) => inodes.has(inode)).map(({ address }) => address)
}

async function readSockets(): Promise<Listening[]> {
  const lines = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8')))
  return lines.flatMap((text) =>
    text
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === '0A')
      .map(([, local = '', , , , , , , , inode = '']) => {
        const [address = '', port = ''] = local.split(':')
        return { address, port: Number.parseInt(port, 16), inode }
      }),
  )
}

async function readInodes(pid: number): Promise<string[]> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => [])
  const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')))
  const own = links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')).split(' ')
  const below = await Promise.all(children.filter(Boolean).map((child) => readInodes(Number(child))))
  return [...own, ...below.flat()]
}
