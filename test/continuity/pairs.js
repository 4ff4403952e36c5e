// Two operations that share something and must not mix: given the same as in strangers.js, and `queued(label)`, a request that the code of
// another makes for an operation; it may be in that operation or in none.
import { oneLoop } from './limits.js'
import { again, later, openable } from './pace.js'

/** Two operations that wait for what comes by `exchange(message, answered)`. */
const bothExchange = ({ operation, by }, exchange) =>
  Promise.all(
    ['A', 'B'].map((label) =>
      operation(label, async () => {
        await by(label)
        await new Promise((resolve) => exchange(label, () => by(label).then(resolve)))
        await by(label)
      }),
    ),
  )

/** A target of `message` events that was there before; each operation adds a listener of its own, and hears the other's messages too. */
const bothListen = (tools, target, send) =>
  bothExchange(tools, (label, answered) => {
    target.addEventListener('message', function listen({ data }) {
      if (data !== label) return
      target.removeEventListener('message', listen)
      answered()
    })
    send(label)
  })

/** The same with one handler for all, set before, that looks up who waits. */
function bothAsk(tools, target, send) {
  const waiting = new Map()
  target.onmessage = ({ data }) => waiting.get(data)()
  return bothExchange(tools, (label, answered) => {
    new Promise((resolve) => waiting.set(label, resolve)).then(answered)
    send(label)
  })
}

const opened = (target) => new Promise((resolve) => target.addEventListener('open', resolve, { once: true }))

export const PAIRS = {
  'two operations and one promise': async (tools) => {
    const shared = later(10)
    await bothExchange(tools, (_label, answered) => shared.then(answered))
  },
  'two operations, one settles what the other waits for': async ({ operation, by }) => {
    const { gate, open } = openable()
    const waits = operation('A', async () => {
      await by('A')
      await gate
      await null
      await by('A')
    })
    const settles = operation('B', async () => {
      await by('B')
      await later(5)
      open()
      await null
      await by('B')
      for (let turn = 0; turn < 5; turn++) await null
      await by('B')
    })
    await Promise.all([waits, settles])
  },
  'two operations that settle in the turn in which the other waits': async ({ operation, by }) => {
    const { gate, open } = openable()
    const waits = operation('A', async () => {
      const first = by('A')
      await null
      await gate
      await by('A')
      await first
    })
    const settles = operation('B', async () => {
      const first = by('B')
      await null
      open()
      await null
      await by('B')
      await first
    })
    await Promise.all([waits, settles])
  },
  'two operations and one queue': (tools) => {
    const limit = tools.pLimit(1)
    return bothExchange(tools, (_label, answered) => limit(answered))
  },
  'two operations and a queue that a loop of before works off': async (tools) => {
    const jobs = []
    const done = again(() => jobs.shift()?.())
    await bothExchange(tools, (label, answered) =>
      new Promise((resolve) => jobs.push(() => tools.queued(label).then(resolve))).then(answered),
    )
    done.stop()
  },
  'two operations and a queue whose loop runs in the first, with order.run() around each job': (tools) =>
    oneLoop(tools, (order, job) => () => order.run(job)),
  'two operations and one worker, each with a listener': async (tools) => {
    const worker = new Worker('/echo-worker.js')
    await bothListen(tools, worker, (label) => worker.postMessage(label))
    worker.terminate()
  },
  'two operations and one worker, with one handler': async (tools) => {
    const worker = new Worker('/echo-worker.js')
    await bothAsk(tools, worker, (label) => worker.postMessage(label))
    worker.terminate()
  },
  'two operations and one worker, whose handler each sets anew': async (tools) => {
    const worker = new Worker('/echo-worker.js')
    let turn = Promise.resolve()
    await bothExchange(tools, (label, answered) => {
      turn = turn.then(
        () =>
          new Promise((resolve) => {
            worker.onmessage = () => resolve(answered())
            worker.postMessage(label)
          }),
      )
    })
    worker.terminate()
  },
  'two operations and one WebSocket, each with a listener': async (tools) => {
    const socket = new WebSocket(`ws://${location.host}/echo`)
    await opened(socket)
    await bothListen(tools, socket, (label) => socket.send(label))
    socket.close()
  },
  'two operations and one WebSocket, with one handler': async (tools) => {
    const socket = new WebSocket(`ws://${location.host}/echo`)
    await opened(socket)
    await bothAsk(tools, socket, (label) => socket.send(label))
    socket.close()
  },
  'two operations and one BroadcastChannel, each with a listener': async (tools) => {
    const [from, to] = [new BroadcastChannel('encounter'), new BroadcastChannel('encounter')]
    await bothListen(tools, to, (label) => from.postMessage(label))
    for (const channel of [from, to]) channel.close()
  },
  'two operations and one BroadcastChannel, with one handler': async (tools) => {
    const [from, to] = [new BroadcastChannel('encounter'), new BroadcastChannel('encounter')]
    await bothAsk(tools, to, (label) => from.postMessage(label))
    for (const channel of [from, to]) channel.close()
  },
}
