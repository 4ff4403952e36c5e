// `npm run bench`: the figures of the README, each beside plain OpenTelemetry in the same run.
import { cpus } from 'node:os'
import { ensureBuilt } from '../../demo/setup/build.mjs'
import { ensureInstalled } from '../../demo/setup/install.mjs'

const log = (line) => console.log(`▸ ${line}`)

await ensureInstalled({ log })
await ensureBuilt({ log })
const { measureSizes } = await import('./size.mjs')

log('Size of the script file, in bytes')
const sizes = await measureSizes()
const zone = sizes.at(-1)
console.table(
  Object.fromEntries(
    sizes.map(({ name, ...size }) => [name, { ...size, 'gzip, of the last': (size.gzip / zone.gzip).toFixed(2) }]),
  ),
)
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
)
