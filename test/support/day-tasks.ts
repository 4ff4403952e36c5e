/** Timers, with what they are called with, and some that are cleared. */
export async function wait(): Promise<unknown> {
  const seen: unknown[] = []
  const note = function (this: unknown, ...args: unknown[]) {
    seen.push([this === window, ...args])
  }
  const attempt = (act: () => unknown) => {
    try {
      return typeof act()
    } catch (error) {
      return String(error)
    }
  }
  await new Promise<void>((resolve) => {
    setTimeout(note, 1, 'first', { is: 'object' })
    setTimeout(note, 1)
    clearTimeout(setTimeout(note, 1, 'never'))
    queueMicrotask(() => note('microtask'))
    let rounds = 0
    const every = setInterval(
      function (this: unknown, ...args: unknown[]) {
        seen.push([this === window, rounds, ...args])
        if (++rounds < 2) return
        clearInterval(every)
        resolve()
      },
      5,
      'each',
    )
  })
  Reflect.deleteProperty(window, 'evaluated')
  // Allowed or not as the page's policy has it.
  seen.push(attempt(() => setTimeout('window.evaluated = true')))
  seen.push(attempt(() => Reflect.apply(setTimeout, {}, [note])))
  await new Promise((resolve) => setTimeout(resolve, 5))
  seen.push('evaluated' in window)
  // A page that nobody sees has no frames.
  if (document.visibilityState === 'visible')
    seen.push(typeof (await new Promise((resolve) => requestAnimationFrame(resolve))))
  seen.push(typeof (await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1 }))))
  return seen
}

/** Listeners of all kinds, added once and twice, removed and stopped. */
export async function listen(): Promise<unknown> {
  const seen: unknown[] = []
  const outer = document.createElement('div')
  const inner = outer.appendChild(document.createElement('p'))
  const note = (name: string) =>
    function (this: unknown, event: Event) {
      seen.push([name, this === event.currentTarget, event.eventPhase, event.defaultPrevented, window.event === event])
    }
  const [both, gone, last] = [note('both'), note('gone'), note('last')]
  const object = { handleEvent: (event: Event) => seen.push(['object', event.type]) }
  const gives = new AbortController()
  for (const capture of [false, true, false]) outer.addEventListener('own', both, capture)
  outer.addEventListener('own', gone)
  outer.removeEventListener('own', gone)
  outer.addEventListener('own', note('once'), { once: true })
  outer.addEventListener('own', note('until'), { signal: gives.signal })
  outer.addEventListener('own', (event) => event.preventDefault(), { passive: true })
  inner.addEventListener('own', object)
  inner.addEventListener('own', (event) => event.preventDefault())
  outer.addEventListener('own', (event) => gives.signal.aborted && event.stopImmediatePropagation())
  outer.addEventListener('own', last)
  inner.onclick = note('onclick')
  const tell = () => seen.push(inner.dispatchEvent(new Event('own', { bubbles: true, cancelable: true })))
  tell()
  gives.abort()
  outer.removeEventListener('own', both, true)
  tell()
  inner.click()
  inner.onclick = null
  inner.click()
  return seen
}

/** What is thrown in listeners, timers and microtasks reaches the page as it was thrown, and others go on. */
export async function throwAway(): Promise<unknown> {
  const seen: unknown[] = []
  const mine = new RangeError('mine')
  const note = (event: ErrorEvent) => {
    event.preventDefault()
    seen.push([event.error === mine, event.message, event.isTrusted])
  }
  const fail = () => {
    throw mine
  }
  addEventListener('error', note)
  const target = new EventTarget()
  target.addEventListener('own', fail)
  target.addEventListener('own', () => seen.push('goes on'))
  seen.push(target.dispatchEvent(new Event('own')))
  queueMicrotask(fail)
  await null
  await null
  setTimeout(fail)
  await new Promise((resolve) => setTimeout(resolve, 5))
  removeEventListener('error', note)
  return seen
}

/** Messages and changes of the document. */
export async function observe(): Promise<unknown> {
  const seen: unknown[] = []
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<void>((resolve) => {
    port2.onmessage = ({ data, target }) => {
      seen.push(['onmessage', data, target === port2])
      port2.close()
      resolve()
    }
  })
  port1.postMessage({ is: 'sent' })
  await answered
  await new Promise<void>((resolve) => {
    addEventListener(
      'message',
      ({ data, source, origin, isTrusted }) => {
        seen.push(['message', data, source === window, origin, isTrusted])
        resolve()
      },
      { once: true },
    )
    window.postMessage('to itself', '*')
  })
  const place = document.createElement('div')
  await new Promise<void>((resolve) => {
    new MutationObserver(function (this: unknown, records, observer) {
      seen.push(['changed', records.length, this === observer])
      observer.disconnect()
      resolve()
    }).observe(place, { childList: true })
    place.append('one')
    place.append('two')
  })
  return seen
}
