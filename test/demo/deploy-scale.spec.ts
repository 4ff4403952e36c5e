import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const read = (path: string) => readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8')
const scale = (name: string) => read(`deploy/scale/${name}`)
const number = (pattern: RegExp, text: string) => Number(pattern.exec(text)?.[1])

test('the topic is the one that samplers write and ingesters read, and takes what they send', () => {
  const [topic, sampler, ingester] = ['kafka-topic.yaml', 'sampler.yaml', 'jaeger-ingester.yaml'].map(scale)
  const name = /metadata:\n {2}name: (\S+)/.exec(topic ?? '')?.[1]
  for (const text of [sampler, ingester]) expect(/topic: (\S+)/.exec(text ?? '')?.[1]).toBe(name)
  const bytes = number(/max_message_bytes: (\d+)/, sampler ?? '')
  expect(number(/max\.message\.bytes: (\d+)/, topic ?? '')).toBe(bytes)
  // Waits for all copies that there are, of which two have to be.
  expect(sampler).toContain('required_acks: -1')
  expect(topic).toMatch(/replicas: 3\n[\s\S]*min\.insync\.replicas: 2/)
})

test('the figures of the topic are those of docs/scale.md', () => {
  const topic = scale('kafka-topic.yaml')
  const doc = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')
  expect(doc).toMatch(new RegExp(`\\| partitions.* \\| ${number(/partitions: (\d+)/, topic)} \\|`))
  expect(number(/retention\.ms: (\d+)/, topic)).toBe(6 * 3600_000)
  expect(doc).toContain('six hours of Kafka')
})

test('the tables of docs/scale.md are what the arithmetic gives', () => {
  const doc = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8').split('\n')
  const program = fileURLToPath(new URL('../../demo/deploy/arithmetic.mjs', import.meta.url))
  const rows = execFileSync(process.execPath, [program], { encoding: 'utf8' }).split('\n').filter(Boolean)
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows) expect(doc).toContain(row)
})

test('traces are dropped after the 90 days for which they are searched, and by the names under which they are written', () => {
  const { policy } = JSON.parse(scale('retention.json')) as {
    policy: {
      default_state: string
      states: { name: string; actions: object[]; transitions: { state_name: string; conditions: object }[] }[]
      ism_template: { index_patterns: string[] }[]
    }
  }
  const [kept, gone] = policy.states
  expect(policy.default_state).toBe(kept?.name)
  expect(kept?.transitions).toEqual([{ state_name: gone?.name, conditions: { min_index_age: '91d' } }])
  expect(gone?.actions).toEqual([expect.objectContaining({ delete: {} })])
  for (const name of ['jaeger-ingester.yaml', 'jaeger-query.yaml']) {
    const prefix = /index_prefix: (\S+)/.exec(scale(name))?.[1]
    for (const pattern of policy.ism_template[0]?.index_patterns ?? []) expect(pattern).toMatch(`${prefix}-jaeger-`)
  }
  expect(scale('jaeger-query.yaml')).toContain(`max_span_age: ${90 * 24}h`)
  expect(read('jaeger/jaeger.yaml')).toContain(`spans: ${90 * 24}h`)
})
