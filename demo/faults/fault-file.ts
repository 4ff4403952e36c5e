import { readFile, rename, writeFile } from 'node:fs/promises'
import { type FaultName, isFaultName } from './faults'

/** The faults that are on, in a file that the services look at whenever it matters: no restart, and no way in from outside. */
export async function readFaults(file: string): Promise<ReadonlySet<FaultName>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return new Set(text.split('\n').filter(isFaultName))
}

/** Replaces the file, so that nobody reads half of it. */
export async function writeFaults(file: string, on: Iterable<FaultName>): Promise<void> {
  await writeFile(`${file}.new`, [...on].join('\n'))
  await rename(`${file}.new`, file)
}
