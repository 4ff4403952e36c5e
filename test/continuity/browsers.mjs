// Plain JavaScript: `npm test` calls it before anything is built.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installPackages } from '../install-packages.mjs'

const PACKAGES = { Firefox: ['firefox-esr'], WebKit: ['webkit2gtk-driver', 'xvfb'] }

/**
 * Firefox and WebKit, as far as this machine has them.
 * @returns {import('./browsers.d.mts').OtherBrowsers}
 */
export function findOtherBrowsers() {
  const programs = { Firefox: firefox(), WebKit: display() && miniBrowser() }
  const browsers = Object.entries(programs).flatMap(([name, program]) => (program ? [{ name, program }] : []))
  const missing = Object.keys(programs).filter((name) => !programs[name])
  return { browsers, missing: missing.map((name) => ({ name, hint: hint(name) })) }
}

/**
 * Finds Firefox and WebKit, and on Debian or Ubuntu installs what is missing, as root.
 * @param {{ log(line: string): void }} options
 */
export async function ensureOtherBrowsers({ log }) {
  const { missing } = findOtherBrowsers()
  const packages = missing.flatMap(({ name }) => PACKAGES[name])
  if (packages.length > 0) await installPackages(packages, 'to test in those engines too', log)
  const now = findOtherBrowsers()
  for (const { hint } of now.missing) log(hint)
  return now
}

function firefox() {
  const macs = '/Applications/Firefox.app/Contents/MacOS/firefox'
  // On Ubuntu /usr/bin/firefox can be a script that only says where to get the snap, so it is asked.
  return [...onPath('firefox-esr'), ...onPath('firefox'), macs].find((path) => existsSync(path) && works(path))
}

/** WebKitGTK's example browser: Debian puts it beside the processes of the library. */
function miniBrowser() {
  const libraries = process.platform === 'linux' ? folders('/usr/lib').flatMap((path) => [path, ...folders(path)]) : []
  const candidates = libraries.map((folder) => join(folder, 'MiniBrowser'))
  return candidates.find((path) => /webkit2gtk-4\.|webkitgtk-6\./.test(path) && existsSync(path))
}

/** MiniBrowser has no headless mode; it is given a display that nobody sees. */
const display = () => onPath('Xvfb').find(existsSync)

const folders = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name))

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))

const works = (program) => spawnSync(program, ['--version'], { timeout: 20_000 }).status === 0
const hint = (name) =>
  `No ${name} here, so its part of the continuity table is left out: \`apt-get install ${PACKAGES[name].join(' ')}\` (Debian, Ubuntu) brings it.`
