// Plain JavaScript: it runs before anything but Playwright is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'

/** No sound from the browser's own errands, which would disturb a test or a small machine. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Finds a Chromium or brings one: the one that CHROMIUM_PATH names, Playwright's own, the system's, Playwright's download,
 * and on Debian or Ubuntu as root the distribution's package.
 * @param {{ log(line: string): void }} options
 * @returns {Promise<{ executablePath: string, args: string[] }>} to be handed to `chromium.launch`
 * @throws {Error} that names every way there is
 */
export async function ensureChromium({ log }) {
  const executablePath = named() ?? (await playwrights()) ?? systems() ?? (await installed(log))
  if (!executablePath) throw new Error(NO_BROWSER)
  return { executablePath, args: [...QUIET, ...(isRoot() ? ['--no-sandbox'] : [])] }
}

const NO_BROWSER = [
  'No Chromium was found, and none could be installed. Any one of these will do:',
  '  - set CHROMIUM_PATH to the program of a Chromium, Chrome or Edge;',
  '  - run `npx playwright install chromium` where its download is reachable;',
  "  - install your system's package, such as `apt-get install chromium` or `brew install --cask chromium`.",
].join('\n')

function named() {
  const path = process.env.CHROMIUM_PATH
  if (!path) return undefined
  if (!existsSync(path)) throw new Error(`CHROMIUM_PATH names ${path}, and there is no such file.`)
  return path
}

async function playwrights() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}

function systems() {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
  ]
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = names.flatMap((name) => onPath.map((folder) => join(folder, name)))
  return [...(process.platform === 'win32' ? [] : candidates), ...usualPlaces()].find(works)
}

/** On Ubuntu /usr/bin/chromium-browser can be a script that only says where to get the snap, so it is asked. */
function works(path) {
  if (!existsSync(path)) return false
  if (process.platform !== 'linux') return true
  return spawnSync(path, ['--version'], { timeout: 10_000 }).status === 0
}

function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (process.platform !== 'win32') return ['/snap/bin/chromium']
  const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(
    (root) => root !== undefined,
  )
  const programs = [
    'Chromium\\Application\\chrome.exe',
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ]
  return roots.flatMap((root) => programs.map((program) => join(root, program)))
}

async function installed(log) {
  log('No Chromium here; downloading the one of Playwright.')
  const cli = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js')
  if (await run(process.execPath, [cli, 'install', 'chromium'])) return playwrights()
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return undefined
  log("That did not work; installing the system's package chromium.")
  if (!(await run('apt-get', ['update']))) return undefined
  return (await run('apt-get', ['install', '-y', 'chromium'])) ? systems() : undefined
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

function isRoot() {
  return process.getuid?.() === 0
}
