import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/**
 * Keeps what came of each test, so that a run that was broken off goes on where it was.
 * @param {string | undefined} file a line for each test; without it nothing is kept
 * @returns {<T>(path: string, run: () => Promise<T>) => Promise<T>} answers from the file what is there
 */
export function openRecord(file) {
  if (!file) return (_path, run) => run()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  const known = new Map(lines.map((line) => JSON.parse(line)))
  return async (path, run) => {
    if (known.has(path)) return known.get(path)
    const found = await run()
    appendFileSync(file, `${JSON.stringify([path, found])}\n`)
    return found
  }
}
