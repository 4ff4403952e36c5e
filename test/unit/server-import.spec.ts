import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('importing and starting on a server does nothing, says nothing and runs the functions', () => {
  const program = `
    const before = globalThis.fetch
    const { startTracing } = await import('ordertrace')
    const tracing = startTracing({ service: 'crm' })
    const value = await tracing.order('submit', (order) => order.step('a', () => order.run(() => 'done')))
    const span = tracing.tracer.startSpan('x')
    span.end()
    console.log(JSON.stringify({ value, same: before === globalThis.fetch, recording: span.isRecording(), ...tracing.diagnostics() }))
  `
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' })
  expect(output.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(output)).toMatchObject({
    value: 'done',
    same: true,
    recording: false,
    state: 'off',
    problem: 'this is no browser page',
  })
})
