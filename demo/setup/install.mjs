import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Installs the dependencies when they are missing or older than the lockfile. Needs nothing but Node and npm.
 * @param {{ log: (line: string) => void }} options
 */
export async function ensureInstalled({ log }) {
  if (isInstalled()) return
  log('Installing the dependencies (npm ci); this takes a minute the first time…')
  await run('npm', ['ci', '--no-audit', '--no-fund'])
}

/** npm writes this file last, so an interrupted installation counts as none. */
function isInstalled() {
  const marker = `${root}node_modules/.package-lock.json`
  if (!existsSync(marker)) return false
  return statSync(marker).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs
}

/**
 * Runs a command in the checkout with its output shown; rejects with one clear line when it fails.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<void>}
 */
export function run(command, args) {
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, which only a shell can start.
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    child.once('error', (error) => reject(new Error(`Cannot run ${command}: ${error.message}`)))
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`"${command} ${args.join(' ')}" ended with ${signal ?? `code ${code}`}`))
    })
  })
}
