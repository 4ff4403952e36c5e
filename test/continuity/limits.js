// What the rules do not see: measured like the encounters, for the document.
import { openable, soon } from './pace.js'

/** Two operations whose jobs, made by `toJob`, are worked off by a loop that the first of them starts. */
export async function oneLoop({ operation, queued, by }, toJob) {
  const jobs = []
  let loop
  let served = 0
  const work = async () => {
    while (served < 2) {
      await soon(() => jobs.length > 0)
      await jobs.shift()()
      served++
    }
  }
  const submit = (label) =>
    operation(label, async (order) => {
      await by(label)
      const done = new Promise((resolve) => jobs.push(toJob(order, () => queued(label).then(resolve))))
      loop ??= work()
      await done
      await by(label)
      await soon(() => served === 2)
    })
  await Promise.all([submit('A'), submit('B')])
  await loop
}

export const LIMITS = {
  'code that began to wait before the operation, for a promise that the operation settles': async ({
    operation,
    by,
    stranger,
  }) => {
    const { gate, open } = openable()
    let isDone = false
    const outside = async () => {
      await gate
      await stranger()
      await null
      await stranger()
      isDone = true
    }
    const called = outside()
    await operation('A', async () => {
      await by('A')
      open()
      await null
      await by('A')
      await soon(() => isDone)
    })
    await called
  },
  'a MutationObserver of before, which sees what the operation changes': async ({ operation, by, stranger }) => {
    const element = document.createElement('p')
    let isDone = false
    const observer = new MutationObserver(async () => {
      await stranger()
      isDone = true
    })
    observer.observe(element, { attributes: true })
    await operation('A', async () => {
      await by('A')
      element.id = 'changed'
      await soon(() => isDone)
      await by('A')
    })
    observer.disconnect()
  },
  'a queue whose loop runs in the operation that came first': (tools) => oneLoop(tools, (_order, job) => job),
  'a handler that was there before, set again by the operation': async ({ operation, by }) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {}
    await operation('A', async () => {
      await by('A')
      await new Promise((resolve) => {
        port1.onmessage = () => by('A').then(resolve)
        port2.postMessage(0)
      })
      await by('A')
    })
    port1.close()
  },
  'more than sixteen awaits in a row of what is no promise': ({ operation, by }) =>
    operation('A', async () => {
      await by('A')
      for (let turn = 0; turn < 40; turn++) await null
      await by('A')
    }),
}
