// `npm run bench`: the figures of the README, each beside plain OpenTelemetry in the same run. `npm run bench -- size` for that part alone,
// `npm run bench -- delivery 10 offline` for fewer runs of it, or the rows with that word, `door 5` for fewer seconds, `analyst 5000` for fewer orders. `npm run bench -- order` is for docs/scale.md.
import { cpus } from 'node:os'
import { ensureBuilt } from '../../demo/setup/build.mjs'
import { ensureChromium } from '../../demo/setup/chromium.mjs'
import { ensureInstalled } from '../../demo/setup/install.mjs'

const log = (line) => console.log(`▸ ${line}`)
const wanted = process.argv.slice(2)
const isWanted = (part) => wanted.length === 0 || wanted.includes(part)

await ensureInstalled({ log })
await ensureBuilt({ log })
const { ELASTIC, buildContenders, measureSizes } = await import('./size.mjs')
const contenders = await buildContenders()
const ofOtlp = contenders.filter(({ name }) => name !== ELASTIC)
/** The context manager makes no difference to delivery. */
const withoutZone = ofOtlp.filter(({ name }) => !name.includes('zone'))

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
      `${REQUESTS_IN_TURN} requests to an order; one open but where five more are; sending is its spans, once; at start-up the page asks for the script, CPU throttled 4 times`,
  )
}
if (isWanted('memory') && process.platform === 'linux') {
  log('Peak memory of the page’s process while it reads a download of 50 MB part by part')
  const { measureMemory } = await import('./memory.mjs')
  const { starts } = await import('./starts.mjs')
  const peaks = await measureMemory(
    await ensureChromium({ log }),
    ofOtlp.map((contender) => ({ ...contender, start: starts[contender.name] })),
  )
  const share = (value) => ({ value, share: value / peaks.at(-1).bytes })
  print(
    peaks.map(({ name, bytes }) => ({ name, bytes: share(bytes) })),
    'median of three, bytes',
  )
}
if (isWanted('delivery')) {
  const runs = Number(wanted.find((word) => Number(word) > 0) ?? 50)
  const filter = wanted.find((word) => word !== 'delivery' && !(Number(word) > 0))
  log(`Orders whose span reached the collector, of ${runs} each, and how often a span came twice`)
  const { measureDelivery } = await import('./delivery.mjs')
  const browserOptions = await ensureChromium({ log })
  const rows = await measureDelivery(browserOptions, withoutZone, { runs, filter, log })
  console.table(Object.fromEntries(rows.map(({ name, ...shares }) => [name, shares])))
}
if (isWanted('door') && process.platform === 'linux') {
  const seconds = Number(wanted.find((word) => Number(word) > 0) ?? 10)
  log(`Twenty customers of the shop, five orders a second each, while one client means harm, for ${seconds} s`)
  const { isBearable, measureDoor } = await import('./door.mjs')
  const rows = await measureDoor(seconds)
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])))
  const unbearable = rows.filter((row) => !isBearable(row))
  for (const { name } of unbearable) log(`The customers did not get through: ${name}`)
  if (unbearable.length > 0) process.exitCode = 1
}
if (isWanted('wire') || isWanted('delivery')) {
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
if (isWanted('analyst')) {
  const orders = Number(wanted.find((word) => Number(word) > 0) ?? 50_000)
  log(`The analyst’s page reads ${orders} orders, with a Jaeger on the same machine`)
  const { measureAnalyst } = await import('./analyst.mjs')
  const rows = await measureAnalyst(await ensureChromium({ log }), orders)
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])))
}
if (isWanted('order')) {
  const orders = Number(wanted.find((word) => Number(word) > 0) ?? 5)
  log(`Spans and bytes of an order's whole life, ten steps in shop, CRM and MES; the mean of ${orders} orders`)
  const { measureOrders } = await import('./order.mjs')
  console.table(await measureOrders({ orders, log }))
}
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
)
