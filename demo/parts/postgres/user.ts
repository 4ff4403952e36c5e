import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The user `nobody`: PostgreSQL refuses to run as root. */
const nobody = { uid: 65534, gid: 65534 }

/** Whom the database runs as; empty for "as ourselves", which is all that anybody but root can do. */
export type RunAs = Partial<typeof nobody>

/** Decides whom PostgreSQL runs as. */
export function chooseUser(): RunAs {
  return process.getuid?.() === 0 ? nobody : {}
}

/** May any user of this machine enter the folder? A home such as /root is closed to others. */
export async function canOthersEnter(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(() => undefined)
    if (found && (found.mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

/** The folder for what that user must reach: the wanted one, or one of its own under the temporary folder. */
export async function chooseFolder(wanted: string, user: RunAs): Promise<string> {
  await mkdir(wanted, { recursive: true })
  if (user.uid === undefined || (await canOthersEnter(wanted))) return wanted
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `ordertrace-demo-${name}`)
  await mkdir(folder, { mode: 0o711 }).catch(() => undefined)
  // The name can be foreseen, so somebody else could have made the folder, or a link in its place.
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new Error(`${folder} belongs to another user: remove it.`)
  return folder
}

/** Gives a file or folder to the user that PostgreSQL runs as. */
export async function giveTo(path: string, { uid, gid }: RunAs): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}
