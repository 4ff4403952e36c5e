import type { Pool } from 'pg'
import { disturbFile } from '../faults/in-service'
import type { ModelFiles } from '../parts/files/files'
import { createFolderFiles, type FolderFiles } from '../parts/files/folder'
import type { S3Config } from '../settings/s3'

/** Opens the storage of the models: S3 when it is configured, else a folder on disk. */
export async function openFiles(pool: Pool, { s3, folder }: { s3?: S3Config; folder: string }): Promise<ModelFiles> {
  // A bucket may be shared with other services under way right now, so nothing is tidied up there.
  if (s3) {
    // Loaded only here: the client of S3 is a fifth of what the service loads, and most demos keep a folder.
    const { createS3Files } = await import('../parts/files/s3')
    return createS3Files(s3, disturbFile)
  }
  const files = createFolderFiles(folder, disturbFile)
  await removeOrphans(pool, files)
  return files
}

/** Removes the models whose order was never saved, because the service was killed between the two. */
async function removeOrphans(pool: Pool, files: FolderFiles): Promise<void> {
  const keys = await files.keys()
  const query = 'SELECT key FROM unnest($1::text[]) AS key WHERE key NOT IN (SELECT model_key FROM orders)'
  const { rows } = await pool.query<{ key: string }>(query, [keys])
  for (const { key } of rows) await files.delete(key)
}
