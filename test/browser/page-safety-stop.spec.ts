import { expect, test } from '../support/test'

const NAMES = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback', 'MutationObserver'] as const

test('stop() in an open order puts every patched function back', async ({ page, site }) => {
  await page.goto(site.origin)
  const seen = await page.evaluate(async (names) => {
    const descriptorsOf = (owner: object, keys: string[]) =>
      keys.flatMap((key) => {
        const { value, get, set } = Object.getOwnPropertyDescriptor(owner, key) ?? {}
        return [value, get, set]
      })
    const look = () => [
      ...descriptorsOf(window, ['fetch', 'ResizeObserver', 'IntersectionObserver', ...names]),
      ...descriptorsOf(XMLHttpRequest.prototype, ['open', 'send', 'setRequestHeader']),
      ...descriptorsOf(EventTarget.prototype, ['addEventListener']),
      ...descriptorsOf(Promise, ['resolve']),
      ...descriptorsOf(Promise.prototype, ['constructor', 'then']),
      ...descriptorsOf(MutationObserver.prototype, ['constructor']),
      ...descriptorsOf(WebSocket.prototype, ['onmessage']),
      ...descriptorsOf(MessagePort.prototype, ['onmessage']),
      ...descriptorsOf((window as unknown as { Scheduler: { prototype: object } }).Scheduler.prototype, ['postTask']),
      ...descriptorsOf(History.prototype, ['pushState']),
    ]
    const before = look()
    const changed = () => look().filter((value, index) => value !== before[index]).length
    const tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
    const started = changed()
    tracing.startOrder('submit')
    const open = changed()
    await tracing.stop()
    return { started, open, stopped: changed() }
  }, NAMES)
  // fetch and three of XHR's; in an order the rest of the list too, but `then` and `pushState`.
  expect(seen.started).toBe(4)
  expect(seen.open).toBeGreaterThan(seen.started + NAMES.length)
  expect(seen.stopped).toBe(0)
})

test('what others wrapped over us in an order goes on working after stop(), untraced', async ({ page, site }) => {
  await page.goto(site.origin)
  const seen = await page.evaluate(async (names) => {
    const tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
    const order = tracing.startOrder('submit')
    const calls: string[] = []
    const wrap = (owner: object, name: string) => {
      const inner = Reflect.get(owner, name)
      const outer = function (this: unknown, ...args: unknown[]) {
        calls.push(name)
        return new.target ? Reflect.construct(inner, args) : Reflect.apply(inner, this, args)
      }
      Object.assign(owner, { [name]: outer })
      return () => Reflect.get(owner, name) === outer
    }
    const isKept = [
      ...names.map((name) => wrap(window, name)),
      wrap(window, 'fetch'),
      wrap(XMLHttpRequest.prototype, 'send'),
      wrap(EventTarget.prototype, 'addEventListener'),
      wrap(Promise, 'resolve'),
    ]
    order.succeed()
    await tracing.stop()
    calls.length = 0
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/api/xhr')
    const loaded = new Promise((resolve) => xhr.addEventListener('load', resolve))
    xhr.send()
    await loaded
    await Promise.resolve(fetch('/api/fetch'))
    await new Promise((resolve) => setTimeout(resolve))
    await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => requestIdleCallback(resolve))
    await new Promise((resolve) => {
      new MutationObserver(resolve).observe(document, { childList: true, subtree: true })
      document.body.append('text')
    })
    await new Promise<void>((resolve) => {
      const interval = setInterval(() => {
        clearInterval(interval)
        resolve()
      })
    })
    return { kept: isKept.every((isOurs) => isOurs()), calls: [...new Set(calls)].sort() }
  }, NAMES)
  expect(seen).toEqual({
    kept: true,
    calls: [...NAMES, 'addEventListener', 'fetch', 'resolve', 'send'].sort(),
  })
  const headers = site.requests.all.filter(({ path }) => path.startsWith('/api/')).map(({ headers }) => headers)
  expect(headers).toHaveLength(2)
  expect(headers.filter(({ traceparent }) => traceparent)).toEqual([])
})

test('after stop() tracing can start again, and the page’s open order runs to its end', async ({ traced, site }) => {
  const page = await traced()
  const seen = await page.evaluate(async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const running = window.tracing.order('submit', async () => {
      await gate
      return (await fetch('/api/late')).status
    })
    await window.tracing.stop()
    open()
    const status = await running
    const again = window.startTracing({ service: 'crm', apis: ['/api/'] })
    await again.order('again', () => fetch('/api/again'))
    return [status, again.diagnostics().requests.withHeader]
  })
  expect(seen).toEqual([200, 1])
  const late = site.requests.all.find(({ path }) => path === '/api/late')
  expect(late?.headers.traceparent).toBeUndefined()
})
