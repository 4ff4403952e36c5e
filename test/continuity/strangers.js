// What runs on a page beside an operation and must not join it. Each is given `operation(label, fn)`; `by(label)`, a request that the
// operation of that label makes; and `stranger()`, a request that no operation makes. Strangers are there before the operation begins.
import { again, later, openable, soon } from './pace.js'

/** An operation that is open while the stranger goes about its business, and calls before and after. */
const aside = ({ operation, by }, isEnough) =>
  operation('A', async () => {
    await by('A')
    await soon(isEnough)
    await by('A')
  })

async function besideRepeated(tools, work) {
  const poll = again(work)
  await soon(() => poll.times > 1)
  const before = poll.times
  await aside(tools, () => poll.times > before + 3)
  poll.stop()
}

export const STRANGERS = {
  'a poll by setInterval': (tools) => besideRepeated(tools, () => tools.stranger()),
  'a poll that awaits fetch, body and timer': async (tools) => {
    let turns = 0
    let goesOn = true
    const poll = async () => {
      while (goesOn) {
        await (await tools.stranger()).json()
        turns++
        await later(2)
      }
    }
    const polling = poll()
    await soon(() => turns > 1)
    const before = turns
    await aside(tools, () => turns > before + 3)
    goesOn = false
    await polling
  },
  'another script that reports by XHR, in a then chain': async (tools) => {
    const script = Object.assign(document.createElement('script'), { src: '/other-script.js' })
    document.head.append(script)
    await new Promise((resolve) => {
      script.onload = resolve
    })
    const reports = window.startReports(tools.strangerUrl)
    await soon(() => reports.times > 1)
    const before = reports.times
    await aside(tools, () => reports.times > before + 3)
    await reports.stop()
  },
  'a click elsewhere': async (tools) => {
    const button = document.body.appendChild(document.createElement('button'))
    let clicked
    const call = async () => {
      await tools.stranger()
      await tools.stranger()
    }
    button.addEventListener('click', () => {
      clicked = call()
    })
    await besideRepeated(tools, () => {
      button.click()
      return clicked
    })
  },
  'a message to a handler set before': async (tools) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = async () => {
      await null
      await tools.stranger()
    }
    await besideRepeated(tools, () => port2.postMessage(1))
    port1.close()
  },
  'a handler that the operation set, set again by somebody else': async ({ operation, by, stranger }) => {
    const { port1, port2 } = new MessageChannel()
    let isSet = false
    let isCalled = false
    const setAgain = async () => {
      await soon(() => isSet)
      port1.onmessage = async () => {
        await stranger()
        await null
        await stranger()
        isCalled = true
      }
      port2.postMessage(0)
    }
    const done = setAgain()
    await operation('A', async () => {
      await new Promise((resolve) => {
        port1.onmessage = () => resolve(by('A'))
        port2.postMessage(0)
      })
      isSet = true
      await soon(() => isCalled)
      await by('A')
    })
    await done
    port1.close()
  },
  'a timer set in the operation, after its end': async ({ operation, by, stranger }) => {
    let hasEnded = false
    let hasCalled = false
    await operation('A', async () => {
      await by('A')
      const timer = setInterval(async () => {
        if (!hasEnded) return
        clearInterval(timer)
        await stranger()
        await stranger()
        hasCalled = true
      }, 1)
      await by('A')
    })
    hasEnded = true
    await soon(() => hasCalled)
  },
  'a listener added in the operation, after its end': async ({ operation, by, stranger }) => {
    const target = new EventTarget()
    let called
    await operation('A', async () => {
      await by('A')
      target.addEventListener('go', () => {
        called = stranger()
      })
      await by('A')
    })
    target.dispatchEvent(new Event('go'))
    await called
  },
  'a reaction written in the operation, after its end': async ({ operation, by, stranger }) => {
    const { gate, open } = openable()
    let called
    await operation('A', async () => {
      await by('A')
      called = gate.then(() => stranger()).then(() => stranger())
      await by('A')
    })
    open()
    await called
  },
  'the code that began the operation and goes on': async (tools) => {
    let isEnough = false
    const done = aside(tools, () => isEnough)
    const called = [tools.stranger(), Promise.resolve().then(() => tools.stranger())]
    queueMicrotask(() => called.push(tools.stranger()))
    await null
    called.push(tools.stranger())
    await null
    await 7
    called.push(tools.stranger())
    await Promise.all(called)
    isEnough = true
    await done
  },
  'outside code that aborts a request and goes on': async ({ operation, by, stranger, hangingUrl }) => {
    const controller = new AbortController()
    let isHanging = false
    let called
    const timer = setInterval(async () => {
      if (!isHanging) return
      clearInterval(timer)
      controller.abort()
      await null
      await null
      await null
      called = stranger()
    }, 1)
    await operation('A', async () => {
      await by('A')
      const request = fetch(hangingUrl, { signal: controller.signal })
      isHanging = true
      await request.catch(() => {})
      await by('A')
      await soon(() => called)
    })
    await called
  },
  'outside code that settles what the operation waits for, and goes on': async ({ operation, by, stranger }) => {
    const { gate, open } = openable()
    let isWaiting = false
    let called
    const timer = setInterval(async () => {
      if (!isWaiting) return
      clearInterval(timer)
      open()
      called = stranger()
      for (let turn = 0; turn < 5; turn++) await null
      await stranger()
    }, 1)
    await operation('A', async () => {
      await by('A')
      isWaiting = true
      await gate
      await null
      await by('A')
      await soon(() => called)
    })
    await called
  },
  'work begun before, which the operation awaits': async ({ operation, by, stranger }) => {
    const begin = async () => {
      for (let turn = 0; turn < 3; turn++) {
        await (await stranger()).text()
        await null
      }
      return 'ready'
    }
    const ready = begin()
    await operation('A', async () => {
      await by('A')
      await ready
      await by('A')
    })
  },
}
