import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * A program out of a module in `validate/`, whose versions are pinned there; built once.
 * @param {string} name
 * @param {string} target the package that is the program
 * @param {(line: string) => void} log
 * @returns {string} its file
 */
export function build(name, target, log) {
  const module = join(here, 'validate', name)
  const hash = createHash('sha256')
  for (const file of ['go.mod', 'go.sum', 'main.go'].map((one) => join(module, one)).filter(existsSync))
    hash.update(readFileSync(file))
  const program = join(here, '../.cache/validate', hash.digest('hex').slice(0, 12), name)
  if (existsSync(program)) return program
  log(`Building ${name} from source with Go; this may take some minutes, and only this once…`)
  const args = ['build', '-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags', '-s -w', '-o', program, target]
  const { status, error, stderr } = spawnSync('go', args, { cwd: module, encoding: 'utf8' })
  if (error) throw new Error(`Go cannot be run: ${error.message}`)
  if (status !== 0) throw new Error(`${name} could not be built: ${stderr.slice(-2000)}`)
  return program
}
