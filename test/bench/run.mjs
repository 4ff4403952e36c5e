// `npm run bench`: the figures of the README, each beside plain OpenTelemetry in the same run. `npm run bench -- size` for that part alone.
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

/** Prints rows with each figure beside its share of the last contender's. */
function print(rows, unit) {
  const last = rows.at(-1)
  const share = (row) => Object.entries(row).filter(([key]) => key !== 'name')
  const cells = (row) =>
    Object.fromEntries(
      share(row).map(([key, value]) => [key, `${Math.round(value)} (${(value / last[key]).toFixed(2)})`]),
    )
  console.log(`  ${unit}; in brackets the share of the last row`)
  console.table(Object.fromEntries(rows.map((row) => [row.name, cells(row)])))
}

if (isWanted('size')) {
  log('Size of the script file')
  print(measureSizes(contenders), 'bytes')
}
if (isWanted('speed')) {
  log('Main-thread time per traced request, without and with five operations open, and at start-up')
  const { measureSpeed } = await import('./speed.mjs')
  const { starts } = await import('./starts.mjs')
  const speeds = await measureSpeed(
    await ensureChromium({ log }),
    contenders
      .map((contender) => ({ ...contender, start: starts[contender.name] }))
      .concat({ name: 'no tracing', code: '', start: '' }),
  )
  const none = speeds.pop()
  const net = ({ name, perRequest, perRequestWithFive, start }) => ({
    name,
    'µs per request': perRequest - none.perRequest,
    'µs with five open': perRequestWithFive - none.perRequestWithFive,
    'start-up, µs': start * 1000,
  })
  print(speeds.map(net), 'medians, less what the same requests cost without tracing; CPU at start-up throttled 4 times')
}
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
)
