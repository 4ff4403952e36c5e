import { compare } from '../support/compare'
import { test } from '../support/test'

/** Listeners, around which ours are added while an operation is open. */
const CASES: Record<string, () => unknown> = {
  'a listener is called with its target as `this`, and its return value is nobody’s': () => {
    const target = document.body.appendChild(document.createElement('button'))
    const seen: unknown[] = []
    target.addEventListener('click', function (this: unknown, event) {
      seen.push([this === target, event.currentTarget === target, event.type])
      return false
    })
    target.click()
    return seen
  },
  'a listener that is removed is not called': () => {
    const target = new EventTarget()
    const seen: string[] = []
    const listener = () => seen.push('called')
    target.addEventListener('a', listener)
    target.dispatchEvent(new Event('a'))
    target.removeEventListener('a', listener)
    target.dispatchEvent(new Event('a'))
    target.addEventListener('a', listener, true)
    target.removeEventListener('a', listener)
    target.dispatchEvent(new Event('a'))
    target.removeEventListener('a', listener, { capture: true })
    target.dispatchEvent(new Event('a'))
    return seen
  },
  'the same listener added twice is called once, for capturing once more': () => {
    const target = new EventTarget()
    const seen: number[] = []
    const listener = () => seen.push(seen.length)
    for (const options of [undefined, false, {}, { capture: false }, true, { capture: true }])
      target.addEventListener('a', listener, options)
    target.dispatchEvent(new Event('a'))
    return seen
  },
  '`once` is called once, `signal` ends it, a signal that is aborted never begins it': () => {
    const target = new EventTarget()
    const seen: string[] = []
    const controller = new AbortController()
    target.addEventListener('a', () => seen.push('once'), { once: true })
    target.addEventListener('a', () => seen.push('signal'), { signal: controller.signal })
    target.addEventListener('a', () => seen.push('never'), { signal: AbortSignal.abort() })
    target.dispatchEvent(new Event('a'))
    controller.abort()
    target.dispatchEvent(new Event('a'))
    return seen
  },
  '`passive` listeners cannot prevent, others can': () => {
    const target = new EventTarget()
    const seen: boolean[] = []
    for (const passive of [true, false]) {
      target.addEventListener('a', (event) => event.preventDefault(), { passive, once: true })
      const event = new Event('a', { cancelable: true })
      target.dispatchEvent(event)
      seen.push(event.defaultPrevented)
    }
    return seen
  },
  'an object with handleEvent is called as it is at the time, with itself as `this`': () => {
    const target = new EventTarget()
    const seen: unknown[] = []
    const listener = {
      handleEvent(this: unknown) {
        seen.push(['first', this === listener])
      },
    }
    target.addEventListener('a', listener)
    target.dispatchEvent(new Event('a'))
    listener.handleEvent = () => void seen.push('second')
    target.dispatchEvent(new Event('a'))
    target.removeEventListener('a', listener)
    target.dispatchEvent(new Event('a'))
    return seen
  },
  'the order of listeners, and what stops them': () => {
    const outer = document.body.appendChild(document.createElement('div'))
    const inner = outer.appendChild(document.createElement('button'))
    const seen: string[] = []
    outer.addEventListener('click', () => seen.push('outer bubble'))
    outer.addEventListener('click', () => seen.push('outer capture'), true)
    inner.addEventListener('click', () => seen.push('inner 1'))
    inner.onclick = () => void seen.push('inner on')
    inner.addEventListener('click', (event) => {
      seen.push('inner 2')
      if (seen.length > 6) event.stopImmediatePropagation()
    })
    inner.addEventListener('click', () => seen.push('inner 3'))
    inner.click()
    inner.click()
    return seen
  },
  '`on…` properties read back what was set, null and what is no function': () => {
    const { port1 } = new MessageChannel()
    const handlers: [object, string][] = [
      [port1, 'onmessage'],
      [new BroadcastChannel('a'), 'onmessage'],
      [new FileReader(), 'onload'],
      [new XMLHttpRequest(), 'onload'],
      [document.createElement('button'), 'onclick'],
      [indexedDB.open('a'), 'onsuccess'],
    ]
    return handlers.map(([target, name]) => {
      const handler = () => {}
      const initial = Reflect.get(target, name)
      const values = [handler, null, {}, 'text', handler, undefined].map((value) => {
        Reflect.set(target, name, value)
        const back = Reflect.get(target, name)
        return back === value ? 'same' : String(back)
      })
      return [initial, values]
    })
  },
  'a handler set anew takes the other’s place, and null takes it away': async () => {
    const { port1, port2 } = new MessageChannel()
    const seen: unknown[] = []
    port1.onmessage = () => seen.push('never')
    port1.onmessage = ({ data }) => seen.push(data)
    const second = new Promise((resolve) => port1.addEventListener('message', ({ data }) => data === 2 && resolve(0)))
    port2.postMessage(1)
    port2.postMessage(2)
    await second
    port1.onmessage = null
    const third = new Promise((resolve) => port1.addEventListener('message', resolve, { once: true }))
    port2.postMessage(3)
    await third
    return seen
  },
  'an error of a listener surfaces once, unchanged, and the next listener is called': () => {
    const target = new EventTarget()
    const seen: unknown[] = []
    const failed = new Error('of the page')
    const stack = failed.stack
    window.onerror = (message, _source, _line, _column, error) => {
      seen.push([message, error === failed, error?.stack === stack])
      return true
    }
    target.addEventListener('a', () => {
      throw failed
    })
    target.addEventListener('a', () => seen.push('next'))
    target.dispatchEvent(new Event('a'))
    return seen
  },
  'a null listener is ignored, a wrong one or a wrong receiver refused as ever': () => {
    const target = new EventTarget()
    const refused = [
      () => target.addEventListener('a', null),
      () => target.addEventListener('a', undefined as unknown as null),
      () => target.addEventListener('a', 5 as unknown as null),
      () => target.addEventListener('a', () => {}, { signal: 5 as unknown as AbortSignal }),
      () => (target.addEventListener as () => void)(),
      () => EventTarget.prototype.addEventListener.call({} as EventTarget, 'a', () => {}),
      () => EventTarget.prototype.addEventListener.call(null as unknown as EventTarget, 'a', () => {}),
      () => target.addEventListener('a', { handleEvent: 5 } as unknown as EventListener),
    ]
    return refused.map((run) => {
      try {
        return String(run())
      } catch (error) {
        return String(error)
      }
    })
  },
  'the options’ getters are read as often as ever': () => {
    const read: string[] = []
    const option = (name: string) => ({
      get: () => void read.push(name),
      enumerable: true,
    })
    const names = ['capture', 'once', 'passive', 'signal']
    const options = Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, option(name)])))
    new EventTarget().addEventListener('a', () => {}, options)
    return read.sort()
  },
  'the microtasks between listeners, and window.event': async () => {
    const { port1, port2 } = new MessageChannel()
    const seen: unknown[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    for (const name of ['a', 'b'])
      port1.addEventListener('message', (event) => {
        seen.push([name, window.event === event])
        queueMicrotask(() => seen.push(`microtask of ${name}`))
        if (name === 'b') setTimeout(resolve)
      })
    port1.start()
    port2.postMessage(0)
    await promise
    return [seen, window.event === undefined]
  },
}

for (const [name, look] of Object.entries(CASES)) {
  test(`the page notices nothing: ${name}`, async ({ page, site }) => {
    await compare(page, site, look)
  })
}
