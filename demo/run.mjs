// `npm run demo`: works on a fresh clone, so until the dependencies are installed it may import Node's own modules only.
import { ensureBuilt } from './setup/build.mjs'
import { ensureInstalled } from './setup/install.mjs'

const log = (line) => console.log(line)

try {
  await ensureInstalled({ log })
  await ensureBuilt({ log })
  // In this process rather than a child: signals and the exit code then need no forwarding.
  const { register } = await import('tsx/esm/api')
  register()
  await import('./launcher/main.ts')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
