import { execFileSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { type InstalledPackage, installPackage } from '../support/installed-package'

let project: InstalledPackage

test.beforeAll(() => {
  project = installPackage(['@opentelemetry/api'])
})
test.afterAll(() => project.remove())

const USE = `
import { startTracing, type Order, type Tracing, type TracingOptions } from 'ordertrace'

const options: TracingOptions = { service: 'crm', apis: ['/api/', { url: 'https://api.shop.example', baggage: true }], userId: () => undefined }
const tracing: Tracing = startTracing(options)
const created: Promise<{ id: string }> = tracing.order('submit', async (order: Order) => {
  const answer: { id: string } = order.step('parse', () => ({ id: 'o-1' }))
  order.setId(answer.id)
  return answer
})
const seven: number = tracing.startOrder('ship', { attributes: { pieces: 2 } }).run(() => 7)
tracing.setUser(undefined)
void [created, seven, tracing.tracer.startSpan('x'), tracing.diagnostics().spans.dropped['backlog-full']]

// @ts-expect-error the service is required
startTracing({})
// @ts-expect-error there is no such option
startTracing({ service: 'crm', api: ['/api/'] })
// @ts-expect-error no regular expressions: they match where nobody thinks of it
startTracing({ service: 'crm', apis: [/api/] })
// @ts-expect-error an order's id is text
tracing.startOrder('ship').setId(7)
// @ts-expect-error attributes are flat
tracing.startOrder('ship', { attributes: { nested: { deep: 1 } } })
// @ts-expect-error the outcome is what the function returns
const wrong: Promise<string> = tracing.order('submit', () => 7)
`

test('the types hold in a strict project that checks its libraries too, and refuse what is wrong', () => {
  project.write('use.ts', USE)
  expect(project.typecheck(['use.ts'])).toBe('')
})

test('the package can be imported on a server, by its name, with its one dependency', () => {
  const program = `
    const before = globalThis.fetch
    const { startTracing } = await import('ordertrace')
    const tracing = startTracing({ service: 'crm' })
    const value = await tracing.order('submit', (order) => order.step('a', () => order.run(() => 'done')))
    const span = tracing.tracer.startSpan('x')
    span.end()
    console.log(JSON.stringify({ value, same: before === globalThis.fetch, recording: span.isRecording(), ...tracing.diagnostics() }))
  `
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: project.folder,
    encoding: 'utf8',
  })
  expect(output.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(output)).toMatchObject({
    value: 'done',
    same: true,
    recording: false,
    state: 'off',
    problem: 'this is no browser page',
  })
})
