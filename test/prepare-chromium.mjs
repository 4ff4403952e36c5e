// Plain JavaScript: `npm test` calls it before anything is built.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ensureChromium } from '../demo/setup/chromium.mjs'
import { installPackages } from './install-packages.mjs'

/**
 * Finds or brings a Chromium and tells the tests' configuration of it. Most tests need a page and no window, and a Chromium without windows opens
 * a page in a third of the time; where there is none of the same version, all tests run in the whole one.
 * @param {{ log(line: string): void }} options
 * @returns {Promise<string>} the programs, for a line of progress
 */
export async function prepareChromium({ log }) {
  const { executablePath, args } = await ensureChromium({ log })
  process.env.ORDERTRACE_CHROMIUM = executablePath
  process.env.ORDERTRACE_CHROMIUM_ARGS = args.join(' ')
  const shell = await findShell(executablePath, log)
  if (!shell) return executablePath
  process.env.ORDERTRACE_CHROMIUM_SHELL = shell
  return `${shell} and ${executablePath}`
}

async function findShell(executablePath, log) {
  const version = versionOf(executablePath)
  const find = () => onPath('chromium-headless-shell').find((path) => existsSync(path) && versionOf(path) === version)
  if (find() || executablePath !== '/usr/bin/chromium') return find()
  await installPackages(['chromium-headless-shell'], 'to test faster', log)
  return find()
}

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))

const versionOf = (program) =>
  /[\d.]{5,}/.exec(spawnSync(program, ['--version'], { timeout: 20_000 }).stdout ?? '')?.[0]
