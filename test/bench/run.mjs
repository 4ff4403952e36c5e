// `npm run bench`: the figures of the README, each beside plain OpenTelemetry in the same run. `npm run bench -- size` for that part alone,
// `npm run bench -- delivery 10` for fewer runs of it.
import { cpus } from 'node:os'
import { ensureBuilt } from '../../demo/setup/build.mjs'
import { ensureChromium } from '../../demo/setup/chromium.mjs'
import { ensureInstalled } from '../../demo/setup/install.mjs'

const log = (line) => console.log(`▸ ${line}`)
const wanted = process.argv.slice(2)
const isWanted = (part) => wanted.length === 0 || wanted.includes(part)

await ensureInstalled({ log })
await ensureBuilt({ log })
const { buildContenders, measureSizes } = await import('./size.mjs')
const contenders = await buildContenders()
/** The context manager makes no difference to delivery. */
const withoutZone = contenders.filter(({ name }) => !name.includes('zone'))

/**
 * Prints rows with each figure beside its share of the last row's.
 * @param {{ name: string }[]} rows besides the name, what was measured: `{ value, share }`
 */
function print(rows, caption) {
  const cells = ({ name, ...figures }) => [
    name,
    Object.fromEntries(
      Object.entries(figures).map(([key, { value, share }]) => [key, `${Math.round(value)} (${share.toFixed(2)})`]),
    ),
  ]
  console.log(`  ${caption}; in brackets the share of the last row`)
  console.table(Object.fromEntries(rows.map(cells)))
}

if (isWanted('size')) {
  log('Size of the script file')
  const sizes = measureSizes(contenders)
  const share = (bytes, key) => ({ value: bytes, share: bytes / sizes.at(-1)[key] })
  print(
    sizes.map(({ name, ...bytes }) => ({
      name,
      ...Object.fromEntries(Object.entries(bytes).map(([key, value]) => [key, share(value, key)])),
    })),
    'bytes',
  )
}
if (isWanted('speed')) {
  log('Main-thread time per traced request, without and with five operations open, and at start-up')
  const { measureSpeed } = await import('./speed.mjs')
  const { REQUESTS_IN_TURN } = await import('./requests.mjs')
  const { starts } = await import('./starts.mjs')
  print(
    await measureSpeed(
      await ensureChromium({ log }),
      contenders.map((contender) => ({ ...contender, start: starts[contender.name] })),
    ),
    'medians over rounds, less what a page without tracing costs in the same round: the same requests, an empty script. ' +
      `${REQUESTS_IN_TURN} requests to an order; one open but where five more are; sending is its spans, once; CPU at start-up throttled 4 times`,
  )
}
if (isWanted('memory') && process.platform === 'linux') {
  log('Peak memory of the page’s process while it reads a download of 50 MB part by part')
  const { measureMemory } = await import('./memory.mjs')
  const { starts } = await import('./starts.mjs')
  const peaks = await measureMemory(
    await ensureChromium({ log }),
    contenders.map((contender) => ({ ...contender, start: starts[contender.name] })),
  )
  const share = (value) => ({ value, share: value / peaks.at(-1).bytes })
  print(
    peaks.map(({ name, bytes }) => ({ name, bytes: share(bytes) })),
    'median of three, bytes',
  )
}
if (isWanted('delivery')) {
  const runs = Number(wanted.find((word) => Number(word) > 0) ?? 50)
  log(`Orders whose span reached the collector, of ${runs} each, and how often a span came twice`)
  const { measureDelivery } = await import('./delivery.mjs')
  const browserOptions = await ensureChromium({ log })
  const rows = await measureDelivery(browserOptions, withoutZone, runs, log)
  console.table(Object.fromEntries(rows.map(({ name, ...shares }) => [name, shares])))
}
if (isWanted('wire')) {
  const { measureWire } = await import('./delivery.mjs')
  log('On the wire for one page load, one order with three requests, idle, leave')
  const wire = await measureWire(await ensureChromium({ log }), withoutZone)
  const ofLast = (value, key) => ({ value, share: value / wire.at(-1)[key] })
  print(
    wire.map(({ name, ...figures }) => ({
      name,
      ...Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, ofLast(value, key)])),
    })),
    'bytes of the bodies',
  )
}
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
)
