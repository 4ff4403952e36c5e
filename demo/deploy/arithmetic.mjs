// `node demo/deploy/arithmetic.mjs`: the tables of docs/scale.md that follow from what was measured of one order. A test compares them.

/** As measured: `npm run bench -- order`, `node demo/deploy/measure-door.mjs`. */
const order = {
  traces: 58,
  spans: 325,
  /** Of the ten traces of its steps. */
  stepSpans: 170,
  browserRequests: 25,
  browserBytes: 34e3,
  json: 291e3,
  gzip: 53e3,
  protobuf: 132e3,
  stepProtobuf: 68e3,
  compressed: 16e3,
}

/** As taken to be. */
const taken = {
  /** Of the traces, of whichever kind: failed or slow. */
  failed: 0.02,
  /** REST_PERCENT: of all that nothing else keeps, steps of other orders as well. */
  rest: 0.01,
  /** Spans that a core of a gateway or sampler bears in a second, and an ingester. */
  coreSpans: 15e3,
  ingesterSpans: 10e3,
  /** Requests that a core of the door bears in a second. */
  coreRequests: 600,
  coresOfOne: 4,
  waitSeconds: 30,
  copies: 2,
}

/** What is kept of `steps` and `others` when `share` of the orders is. */
const kept = (steps, others, share, rest) =>
  taken.failed * (steps + others) + (1 - taken.failed) * (share * steps + rest * ((1 - share) * steps + others))
const bytesKept = (share, rest) => kept(order.stepProtobuf, order.protobuf - order.stepProtobuf, share, rest)
const spansKept = kept(order.stepSpans, order.spans - order.stepSpans, 1, taken.rest)

/** One to spare, and one in ten where there are many. */
const withSpare = (needed) => Math.ceil(needed) + Math.max(1, Math.ceil(needed / 10))

const rates = [1e3, 1e4]
const row = (name, cell) => `| ${name} | ${rates.map(cell).join(' | ')} |`
const collectors = (rate) => (rate * order.spans) / taken.coreSpans
const machines = (cores) =>
  `${Math.round(cores)}, in ${withSpare(cores / taken.coresOfOne)} of ${taken.coresOfOne} cores`

export const load = [
  row('spans a second', (rate) => whole(rate * order.spans)),
  row(
    'browsers → edge',
    (rate) => `${bytes(rate * order.browserBytes)}/s, ${whole(rate * order.browserRequests)} requests/s`,
  ),
  row('door, cores', (rate) => machines((rate * order.browserRequests) / taken.coreRequests)),
  row('APIs and door → gateways, JSON as here', (rate) => flow(rate * order.json)),
  row('the same with `OTEL_EXPORTER_OTLP_COMPRESSION=gzip`', (rate) => flow(rate * order.gzip)),
  row('gateways → samplers, compressed, at least', (rate) => flow(rate * order.compressed)),
  row('gateways, cores', (rate) => machines(collectors(rate))),
  row('samplers, cores', (rate) => machines(collectors(rate))),
  row(
    'traces held for 30 s, all samplers',
    (rate) =>
      `${millions(rate * order.traces)}, ${millions(rate * order.spans)} spans, ${bytes(taken.waitSeconds * rate * order.protobuf)} in protobuf`,
  ),
]

const ways = [
  ['everything', order.protobuf],
  ['all steps of all orders, 1 % of the rest: the default', bytesKept(1, taken.rest)],
  [
    "errors, slow and failed ones; `ORDERS_KEPT='[2-4]$'`, three orders of 31; 1 % of the rest",
    bytesKept(3 / 31, taken.rest),
  ],
  ["errors, slow and failed ones; `ORDERS_KEPT='2$'`, one of 31; 1 % of the rest", bytesKept(1 / 31, taken.rest)],
  ["errors, slow and failed ones; `ORDERS_KEPT='^$'`, none; 1 % of the rest", bytesKept(0, taken.rest)],
  ['errors, slow and failed ones only: `REST_PERCENT=0` as well', bytesKept(0, 0)],
]
export const storage = ways.map(([name, each]) => {
  const [small, large] = rates.map((rate) => each * rate * 86_400 * taken.copies)
  return `| ${name} | ${bytes(each)} | ${bytes(small)} | ${bytes(large)} | ${bytes(90 * small)} |`
})

const ofDefault = bytesKept(1, taken.rest)
const compressedKept = (ofDefault / order.protobuf) * order.compressed
export const store = [
  row('into Kafka, compressed, at least', (rate) => `${bytes(rate * compressedKept)}/s`),
  row('six hours of Kafka, three copies, for a store that is away', (rate) =>
    bytes(6 * 3600 * 3 * rate * compressedKept),
  ),
  row('into the store, spans a second', (rate) => whole(1e3 * Math.round((rate * spansKept) / 1e3))),
  row('partitions, and as many ingesters as that, at 10,000 spans/s each, with those to spare', (rate) =>
    whole(withSpare((rate * spansKept) / taken.ingesterSpans)),
  ),
  row('shards of 40 GB a day, without copies', (rate) => whole(Math.ceil((rate * ofDefault * 86_400) / 40e9))),
]

if (process.argv[1]?.endsWith('arithmetic.mjs'))
  console.log([load, storage, store].map((table) => table.join('\n')).join('\n\n'))

function whole(number) {
  return Math.round(number).toLocaleString('en-US')
}

function bytes(number) {
  const [unit, size] = [
    ['PB', 1e15],
    ['TB', 1e12],
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ].find(([, one]) => number >= one) ?? ['B', 1]
  const digits = Math.max(0, 2 - String(Math.floor(number / size)).length)
  return `${(number / size).toFixed(digits)} ${unit}`
}

function flow(number) {
  const bits = (8 * number) / 1e9
  return `${bytes(number)}/s (${bits < 10 ? bits.toFixed(1) : bits.toFixed(0)} Gbit/s)`
}

function millions(aSecond) {
  const number = (taken.waitSeconds * aSecond) / 1e6
  return `${number < 10 ? number.toFixed(1) : number.toFixed(0)} million`
}
