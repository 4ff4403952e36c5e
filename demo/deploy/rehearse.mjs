// `node demo/deploy/rehearse.mjs`: runs the collectors as they are configured here, without Kafka and Jaeger behind them, and looks at what they
// let through: which traces the sampler keeps, what it counts of the others, what of a browser's spans comes through, and whether a gateway before
// two samplers gives each trace whole to one.
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { check, findPort, finish, waitUntil } from './rehearsal.mjs'
import { createTraffic } from './traffic.mjs'
import { withCollector } from './with-collector.mjs'

await rehearseSampler()
await rehearseBrowsers()
await rehearseGateway()
finish()

async function rehearseSampler() {
  const [http, metrics] = [await findPort(), await findPort()]
  await withCollector(['scale/sampler.yaml'], {
    overlay: (store) => `
receivers: { otlp: { protocols: { grpc: { endpoint: '127.0.0.1:0' }, http: { endpoint: '127.0.0.1:${http}' } } } }
exporters: { otlphttp/store: { endpoint: '${store}' }, prometheus: { endpoint: '127.0.0.1:${metrics}' } }
service: { pipelines: { traces/keep: { exporters: [otlphttp/store] } } }`,
    env: { ORDERS_KEPT: '[2-4]$', REST_PERCENT: '1', DECISION_WAIT: '2s', METRICS_FLUSH: '1s' },
    async run({ memory, pid }) {
      const { send, trace, sent } = createTraffic(`http://127.0.0.1:${http}/v1/traces`)
      await waitUntil(() => send([]))
      await send([
        trace('error', { name: 'GET', status: 2 }),
        trace('slow', { name: 'GET', seconds: 3.5 }),
        trace('failed', { 'order.outcome': 'failed', 'error.type': 'order_not_saved' }),
        trace('abandoned', { 'order.outcome': 'abandoned' }),
        trace('interrupted', { name: 'documentLoad', 'ordertrace.interrupted': true }),
      ])
      const begun = cpuSeconds(pid)
      for (let batch = 0; batch < 100; batch++) {
        const orders = Array.from({ length: 20 }, (_, index) => {
          const end = '23456789abcdefghjkmnpqrstuvwxyz'[(batch * 20 + index) % 31]
          const kind = '234'.includes(end) ? 'order to keep' : 'order'
          return trace(kind, { order_id: `o-k2m9x4qpt${end}`, 'order.outcome': 'confirmed', peer: 'shop-db' })
        })
        const others = Array.from({ length: 80 }, () => trace('rest', { name: 'documentLoad' }))
        await send([...orders, ...others])
      }
      const total = Object.values(sent).flat().length
      const kept = () => new Set(memory.traces().flatMap((records) => records.map(({ span }) => span.traceId)))
      await waitUntil(() => kept().has(sent.failed[0]))
      // Later than all decisions.
      await pause(4000)
      const share = (kind) => sent[kind].filter((id) => kept().has(id)).length / sent[kind].length
      for (const kind of ['error', 'slow', 'failed', 'abandoned', 'interrupted'])
        check(`every trace is kept that is: ${kind}`, share(kind) === 1)
      const wanted = sent['order to keep'].length
      check(`of orders that went well, all ${wanted} whose number says so`, share('order to keep') === 1)
      // They are as good as any other trace, and one in a hundred of those is kept.
      check(`and of the other ${sent.order.length} about 1 %: ${percent(share('order'))}`, share('order') < 0.03)
      check(`of the rest about 1 %: ${percent(share('rest'))}`, share('rest') > 0.002 && share('rest') < 0.02)
      const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()
      const counted = /^traces_span_metrics_calls_total\{[^}]*order_outcome="confirmed"[^}]*\} (\d+)/m.exec(text)?.[1]
      check(
        `the metrics count those too that are not kept: ${counted} of ${wanted + sent.order.length} orders`,
        Number(counted) === wanted + sent.order.length,
      )
      for (const name of metricsOfAlerts())
        check(`there is the metric of the alerts, ${name}`, text.includes(`\n${name}{`))
      for (const label of [
        'service_name',
        'span_name',
        'peer_service',
        'error_type',
        'status_code="STATUS_CODE_ERROR"',
      ])
        check(`it has the label ${label}`, text.includes(label))
      const spans = 2 * total
      console.log(
        `  ${total} traces; ${((1e6 * (cpuSeconds(pid) - begun)) / spans).toFixed(0)} µs of processor time for a span, on ${cpus()[0]?.model}`,
      )
    },
  })
}

async function rehearseBrowsers() {
  const [apis, browsers] = [await findPort(), await findPort()]
  await withCollector(['browsers.yaml', 'collector.yaml'], {
    overlay: (store) => `
receivers:
  otlp/apis: { protocols: { http: { endpoint: '127.0.0.1:${apis}' } } }
  otlp/browsers: { protocols: { http: { endpoint: '127.0.0.1:${browsers}' } } }
exporters: { otlphttp/jaeger: { endpoint: '${store}' } }`,
    async run({ memory }) {
      const { send, trace, sent } = createTraffic(`http://127.0.0.1:${browsers}/v1/traces`)
      const digits = '12345678-1234-4234-9a34-123456789012'
      await waitUntil(() => send([]))
      await send([
        trace('ours', {
          order_id: 'o-1',
          'order.reason': 'mail to anna@example.com, or call +7 912 345-67-89',
          colour: 'red',
          session: '+7 912 345-67-89',
        }),
        // With as many digits in a row as a telephone has.
        trace('numeric', {
          order_id: digits,
          user_id: digits,
          'session.id': digits,
          'url.full': `https://a/${digits}`,
        }),
        trace('foreign', { service: 'shop-api' }),
        trace('old', { ageHours: 24 * 8 }),
        trace('early', { ageHours: -25 }),
        // What a device with a wrong clock sends, and one that was offline for long.
        trace('five hours ahead', { ageHours: -5 }),
        trace('six days old', { ageHours: 24 * 6 }),
        trace('last', {}),
      ])
      const keptOf = (kind) => memory.trace(sent[kind][0])
      await waitUntil(() => keptOf('last').length > 0)
      for (const kind of ['foreign', 'old', 'early'])
        check(`no span of a browser comes through that is: ${kind}`, keptOf(kind).length === 0)
      for (const kind of ['five hours ahead', 'six days old'])
        check(`as through the door comes what is: ${kind}`, keptOf(kind).length > 0)
      const text = JSON.stringify(keptOf('ours').map(({ span }) => span.attributes))
      check('its order_id comes through', text.includes('"o-1"'))
      check('no name comes through that is not ours', !text.includes('colour'))
      check('no e-mail address comes through', text.includes('mail to') && !text.includes('anna@example.com'))
      check('nor a telephone', !text.includes('912'))
      const numeric = JSON.stringify(keptOf('numeric').map(({ span }) => span.attributes))
      check('a UUID with many digits is left as it is: in ids and in a URL', numeric.split(digits).length === 5)
    },
  })
}

/** Two samplers behind a gateway, as many times two requests for each trace, and all traces kept. */
async function rehearseGateway() {
  const [one, two, http] = [await findPort(), await findPort(), await findPort()]
  const sampler = (port, run) =>
    withCollector(['scale/sampler.yaml'], {
      overlay: (store) => `
receivers: { otlp: { protocols: { grpc: { endpoint: '127.0.0.1:${port}' } } } }
exporters: { otlphttp/store: { endpoint: '${store}' }, prometheus: { endpoint: '127.0.0.1:0' } }
service: { pipelines: { traces/keep: { exporters: [otlphttp/store] } } }`,
      env: { REST_PERCENT: '100', DECISION_WAIT: '2s' },
      run: ({ memory }) => run(memory),
    })
  const gateway = (run) =>
    withCollector(['browsers.yaml', 'scale/gateway.yaml'], {
      overlay: () => `
receivers:
  otlp/apis: { protocols: { grpc: { endpoint: '127.0.0.1:0' }, http: { endpoint: '127.0.0.1:${http}' } } }
  otlp/browsers: { protocols: { http: { endpoint: '127.0.0.1:0' } } }
exporters: { loadbalancing: { resolver: { dns: null, static: { hostnames: ['127.0.0.1:${one}', '127.0.0.1:${two}'] } } } }`,
      run,
    })
  await sampler(one, (first) =>
    sampler(two, (second) =>
      gateway(async () => {
        const { send, trace, sent } = createTraffic(`http://127.0.0.1:${http}/v1/traces`)
        await waitUntil(() => send([]))
        const traces = Array.from({ length: 200 }, () => trace('whole', { name: 'documentLoad', peer: 'shop-db' }))
        // What the browser saw, and later what the API did.
        for (const part of [0, 1]) await send(traces.map((spans) => [spans[part]]))
        const spansAt = (memory, id) => memory.trace(id).length
        await waitUntil(() => sent.whole.every((id) => spansAt(first, id) + spansAt(second, id) === 2))
        const whole = (memory) => sent.whole.filter((id) => spansAt(memory, id) === 2).length
        check(
          `of 200 traces in two requests each is whole at one sampler: ${whole(first)} and ${whole(second)}`,
          whole(first) + whole(second) === 200,
        )
        check('both samplers have their share', whole(first) > 40 && whole(second) > 40)
      }),
    ),
  )
}

function metricsOfAlerts() {
  const text = readFileSync(new URL('scale/alerts.yaml', import.meta.url), 'utf8')
  return [...new Set(text.match(/traces_span_metrics_\w+/g))]
}

/** Of a process so far; in Linux, where a tick is 10 ms. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`
}
