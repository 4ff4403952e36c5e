import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Installs packages of the distribution, as root on Debian or Ubuntu; elsewhere nothing happens.
 * @param {string[]} packages
 * @param {string} purpose
 * @param {(line: string) => void} log
 */
export async function installPackages(packages, purpose, log) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  log(`Installing ${packages.join(' and ')}, ${purpose}…`)
  if (await run('apt-get', ['update'])) await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages])
}

/** Runs a program with its progress shown; tells whether it went well. */
function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
