import { expect, test } from '@playwright/test'
import { startSystem } from '../../demo/launcher/start-system'
import { readEvicted, roomFor } from '../../demo/launcher/store-room'
import { load } from '../../demo/load/load'
import type { Stretch } from '../../demo/load/plan'
import { runCommand } from '../support/run-command'
import { openServers } from './support/open-servers'
import { jaegerEnv } from './support/real-jaeger'

/** The causes that are looked for, each with a stretch that makes it: the fourth customer of ten has a slow device. */
const troubles: Record<string, Omit<Stretch, 'from'>> = {
  'slow device': { until: 5, broken: [] },
  'slow database': { until: 3, broken: ['shop-db-lock'] },
  'slow files': { until: 2, broken: ['files-slow'] },
  'lost queue': { until: 2, broken: ['queue-loses'] },
  'late queue': { until: 3, broken: ['queue-slow'] },
}
/** On a busy machine whoever meets a trouble may come too late for it, and has to come again. */
const mostRounds = 4
/** Every trouble costs its order more than a second. Twice the median of so few, half of them troubled, would say little. */
const onlyBad = ['--slower-than', '1s']

test('what the load breaks is what the view finds, each cause by its name, and nothing of it has gone', async () => {
  test.setTimeout(600_000)
  const servers = await openServers()
  const env = { ...roomFor({ name: 'load', count: 100 }), ...servers.env, ...jaegerEnv }
  const system = await startSystem({ ports: 'any', dataDir: 'temporary', env, withFaults: true })
  const options = { system, isOnlySubmitted: true, log: () => undefined, out: { write: () => true } }
  const place = (...stretches: Stretch[]) => load({ ...options, count: 100, stretches })
  const findCauses = async () => {
    const { out } = await runCommand(['slow', '--jaeger', system.queryUrl, ...onlyBad, '--json'])
    const { causes } = JSON.parse(out) as { causes: { kind: string; place: string }[] }
    return causes.map(({ kind, place }) => `${kind} ${place}`)
  }
  const findMissing = async () => {
    const found = await findCauses()
    return Object.keys(troubles).filter((trouble) => !found.some((cause) => cause.startsWith(trouble)))
  }
  try {
    await place({ from: 0, until: 3, broken: [] }, { from: 4, until: 6, broken: [] })
    // On a machine that is busy with other tests a device may really have been slow.
    const broken = Object.keys(troubles).filter((name) => name !== 'slow device')
    expect(await findMissing()).toEqual(expect.arrayContaining(broken))
    for (let round = 0, missing = Object.keys(troubles); missing.length > 0 && round < mostRounds; round++) {
      for (const name of missing)
        await place({ from: name === 'slow device' ? 3 : 0, ...(troubles[name] as Omit<Stretch, 'from'>) })
      // What is lost is known as lost after its last attempt, and a message that waits is late once it is taken.
      await expect
        .poll(findMissing, { timeout: 10_000 })
        .toEqual([])
        .catch(() => undefined)
      missing = await findMissing()
    }
    const found = await findCauses()
    for (const cause of ['slow device', 'slow database:shop-db', 'slow files:3d-files', 'late queue:', 'lost queue:'])
      expect(found).toContainEqual(expect.stringContaining(cause))
    expect(await readEvicted(system.collectorUrl)).toBe(0)
  } finally {
    await system.stop()
    await servers.remove()
  }
})

test('the store has room for all that a load leaves, as far as the memory goes', () => {
  expect(roomFor({ name: 'run' })).toEqual({})
  expect(roomFor({ name: 'load', count: 1 })).toEqual({
    TRACE_STORE_MAX_SPANS: '20000',
    TRACE_STORE_MAX_TRACES: '5000',
  })
  expect(roomFor({ name: 'load', count: 500 })).toEqual({
    TRACE_STORE_MAX_SPANS: '150000',
    TRACE_STORE_MAX_TRACES: '27500',
  })
  expect(roomFor({ name: 'load', count: 10_000 })).toMatchObject({ TRACE_STORE_MAX_SPANS: '300000' })
})
