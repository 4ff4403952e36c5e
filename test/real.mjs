// `npm run test:real`: the tests of the queue and of an order's whole way, in the browser too, on a real PostgreSQL, RabbitMQ and Jaeger.
// `npm run test:real -- --jaeger`: those alone that need a Jaeger and no other server.
import { ensureBuilt } from '../demo/setup/build.mjs'
import { ensureInstalled, run } from '../demo/setup/install.mjs'

const log = (line) => console.log(`\n▸ ${line}`)

/** The tests that assert the same whatever server stands behind. */
const files = [
  'demo/queue.spec',
  'demo/order-journey',
  'demo/order-refusals',
  'demo/crm-orders',
  'demo/crm-ui-steps',
  'demo/mes-journey',
]
const filesOnJaeger = ['demo/walk', 'demo/jaeger', 'demo/trace-gate']
const withJaegerAlone = process.argv.includes('--jaeger')

/** Where the servers are unless the environment says otherwise: as they come out of the box, on this machine. */
const standard = {
  TEST_POSTGRES_URL: 'postgres://postgres@127.0.0.1:5432/postgres',
  TEST_RABBITMQ_URL: 'amqp://guest:guest@127.0.0.1:5672',
}

try {
  await ensureInstalled({ log })
  // Before all that takes long: without one nothing is tested.
  process.env.TEST_JAEGER_BIN ||= await findJaeger()
  await ensureBuilt({ log })
  // Imported late: it needs Playwright, which may just have been installed.
  const { prepareChromium } = await import('./prepare-chromium.mjs')
  await prepareChromium({ log })
  log(`Tests on ${withJaegerAlone ? '' : `${useServers()} and `}Jaeger, ${process.env.TEST_JAEGER_BIN}`)
  const wanted = withJaegerAlone ? filesOnJaeger : [...files, ...filesOnJaeger]
  await run('npx', ['playwright', 'test', '-c', 'test/playwright.config.ts', '--project=demo', ...wanted])
} catch (error) {
  console.error(`\n${error.message}`)
  // The tests' own reporter has counted already; before them nothing has.
  if (!/playwright/.test(error.message)) console.log('\n0 passed, 1 failed')
  process.exitCode = 1
}

function useServers() {
  for (const [name, url] of Object.entries(standard)) process.env[name] ||= url
  const { host: postgres } = new URL(process.env.TEST_POSTGRES_URL)
  const { host: rabbit } = new URL(process.env.TEST_RABBITMQ_URL)
  return `the PostgreSQL at ${postgres}, the RabbitMQ at ${rabbit}`
}

/** The one that the demo would start: given, on the path, fetched, or built with Go, which takes minutes the first time. */
async function findJaeger() {
  const { register } = await import('tsx/esm/api')
  const unregister = register()
  const jaeger = await import('../demo/jaeger/find-jaeger.ts')
  const file = await jaeger.findJaeger({ env: process.env, log })
  await unregister()
  return file
}
