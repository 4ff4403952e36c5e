import { readFile } from 'node:fs/promises'
import { bundle, root } from '../support/bundle'
import type { Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'

const SCRIPTS = {
  none: '',
  ordertrace: `<script src="/module.js"></script>`,
  'ordertrace/zone': `<script src="/zone-module.js"></script>`,
}
type Sdk = keyof typeof SCRIPTS

async function serve(site: Site, sdk: Sdk): Promise<string> {
  const files = {
    '/zone.js': await readFile(new URL('node_modules/zone.js/bundles/zone.umd.js', root), 'utf8'),
    '/zone-module.js': await bundle(
      `import { startTracing } from 'ordertrace/zone'\nObject.assign(window, { startTracing })`,
    ),
  }
  for (const [path, text] of Object.entries(files))
    site.on(path, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(text)
    })
  site.on('/api/cut', (_request, response) => void response.destroy())
  site.page('/zone', `<script src="/zone.js"></script>${SCRIPTS[sdk]}`)
  return `${site.origin}/zone`
}

/** How often each way to leave a request that fails surfaces, one after the other. */
const surfacing = async () => {
  let surfaced = 0
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    surfaced++
  })
  window.startTracing?.({ service: 'crm', apis: ['/api/'] })
  const fail = () => fetch('/api/cut')
  const ways: Record<string, () => unknown> = {
    dropped: fail,
    chained: () => fail().then(() => {}),
    finally: () => fail().finally(() => {}),
    awaited: async () => void (await fail()),
    caught: () => fail().catch(() => {}),
    'caught later': () =>
      fail()
        .finally(() => {})
        .catch(() => {}),
    settled: () => Promise.allSettled([fail()]),
  }
  const seen: Record<string, number> = {}
  for (const [name, way] of Object.entries(ways)) {
    surfaced = 0
    way()
    // Requests that begin later fail later; what a rejection surfaces is told a task after it.
    for (let after = 0; after < 3; after++) await fail().catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 50))
    seen[name] = surfaced
  }
  return seen
}

for (const sdk of ['ordertrace', 'ordertrace/zone'] as const) {
  test(`on a page with zone.js, rejections of fetch surface as without us: ${sdk}`, async ({ page, site }) => {
    await page.goto(await serve(site, 'none'))
    const without = await page.evaluate(surfacing)
    expect(without).toMatchObject({ dropped: 1, awaited: 1, caught: 0, 'caught later': 0 })
    await page.goto(await serve(site, sdk))
    expect(await page.evaluate(surfacing)).toEqual(without)
  })
}

test('ordertrace/zone: what waits in our rooms is nothing that an Angular application waits for', async ({
  page,
  site,
}) => {
  site.page('/sent', 'sent')
  await page.goto(await serve(site, 'ordertrace/zone'))
  await page.evaluate(() => {
    document.body.innerHTML = '<button data-order-step="click">Go</button>'
  })
  const seen = await page.evaluate(async () => {
    // As NgZone watches what its application has under way.
    interface Zone {
      fork(spec: object): { run<T>(work: () => T): T }
    }
    const { Zone } = window as unknown as { Zone: { root: Zone } }
    const states: boolean[] = []
    const tasks: string[] = []
    const application = Zone.root.fork({
      name: 'application',
      onHasTask: (
        parent: { hasTask(...args: unknown[]): void },
        _current: unknown,
        target: unknown,
        state: { change: string; macroTask: boolean },
      ) => {
        parent.hasTask(target, state)
        if (state.change === 'macroTask') states.push(state.macroTask)
      },
      onScheduleTask: (
        parent: { scheduleTask(...args: unknown[]): unknown },
        _current: unknown,
        target: unknown,
        task: { type: string; source: string; data?: { delay?: number } },
      ) => {
        if (task.type === 'macroTask') tasks.push(`${task.source} ${task.data?.delay ?? ''}`)
        return parent.scheduleTask(target, task)
      },
    })
    const tracing = application.run(() => window.startTracing({ service: 'crm', apis: ['/api/'] }))
    await application.run(() => {
      const button = document.querySelector('button')
      if (button) button.onclick = () => void fetch('/api/click')
      button?.click()
      tracing.startOrder('open', { id: 'o-2' })
      setTimeout(() => {})
      return tracing.order('submit', { id: 'o-1' }, () => fetch('/api/orders'))
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await tracing.flush()
    return [states, tasks]
  })
  // The application's own timer came and went; nothing of ours was ever among its tasks.
  expect(seen).toEqual([[true, false], ['setTimeout 0']])
  await site.spans.find(isOrder('submit'), 'the order')
  await site.spans.find(isOrder('click'), 'the click')
})
