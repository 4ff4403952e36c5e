import { compare } from '../support/compare'
import { expect, test } from '../support/test'

const CASES: Record<string, () => unknown> = {
  'a rejection that nobody handles reaches unhandledrejection, once': async () => {
    const seen: string[] = []
    const told = new Promise<void>((resolve) => {
      addEventListener('unhandledrejection', (event) => {
        event.preventDefault()
        seen.push(String(event.reason))
        resolve()
      })
    })
    void fetch('http://127.0.0.1:1/nobody')
    await told
    await new Promise((resolve) => setTimeout(resolve, 50))
    return seen
  },
  'a rejection that is handled, at once, later or through others, does not': async () => {
    const seen: string[] = []
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      seen.push(String(event.reason))
    })
    const nobody = 'http://127.0.0.1:1/nobody'
    await fetch(nobody).catch(() => {})
    await fetch(nobody).then(undefined, () => {})
    await Promise.allSettled([fetch(nobody), fetch(nobody)])
    try {
      await fetch(nobody)
    } catch {}
    const kept = fetch(nobody)
    await Promise.resolve()
    await kept.finally(() => {}).catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 50))
    return seen
  },
  'an invalid URL rejects and does not throw': () => {
    try {
      return fetch('http://').then(
        () => 'resolved',
        (error) => `rejected ${error.name}`,
      )
    } catch (error) {
      return `threw ${error}`
    }
  },
  'a frozen init is neither changed nor refused': async () => {
    const init = Object.freeze({ method: 'POST', headers: Object.freeze({ 'X-Own': '1' }), body: 'x' })
    const { status } = await fetch('/api/a', init)
    return [status, JSON.stringify(init)]
  },
  'a Request with a body, with and without init': async () => {
    const first = new Request('/api/a', { method: 'POST', body: 'one' })
    const second = new Request('/api/a', { method: 'POST', body: 'two' })
    const statuses = [(await fetch(first)).status, (await fetch(second, { headers: { 'X-Own': '1' } })).status]
    return [statuses, first.bodyUsed, second.bodyUsed]
  },
  'an abort keeps the reason’s identity, a time-out its name': async () => {
    const controller = new AbortController()
    const reason = new RangeError('mine')
    const aborted = fetch('/api/a', { signal: controller.signal }).catch((error) => error === reason)
    controller.abort(reason)
    const early = await fetch('/api/a', { signal: AbortSignal.abort(reason) }).catch((error) => error === reason)
    return [await aborted, early]
  },
  'the function looks as before': () => [
    // A Proxy's source text has no name in it (https://tc39.es/ecma262/#sec-function.prototype.tostring); what detectors look for is there.
    String(fetch).includes('[native code]'),
    fetch.name,
    fetch.length,
    Object.getOwnPropertyNames(fetch).sort(),
    typeof fetch.prototype,
    XMLHttpRequest.prototype.open.name,
    XMLHttpRequest.prototype.open.length,
    JSON.stringify(Object.getOwnPropertyDescriptor(window, 'fetch')),
    fetch('/api/a') instanceof Promise,
  ],
  'the response looks as before': async () => {
    const response = await fetch('/api/a?x=1')
    const clone = response.clone()
    const before = [response.url, response.type, response.redirected, response.bodyUsed, response.status]
    return [before, await response.json(), response.bodyUsed, await clone.text(), Object.getOwnPropertyNames(response)]
  },
  'an XHR fires the same events in the same order': () =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      const seen: string[] = []
      const types = ['readystatechange', 'loadstart', 'load', 'loadend', 'error', 'abort', 'timeout']
      for (const type of types) xhr.addEventListener(type, () => seen.push(`${type} ${xhr.readyState}`))
      xhr.onloadend = () => resolve([seen, xhr.responseText, xhr.responseURL])
      xhr.open('POST', '/api/a')
      xhr.setRequestHeader('X-Own', '1')
      xhr.send('body')
    }),
  'a synchronous XHR, and one that fails': () => {
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/api/a', false)
    xhr.send()
    const failing = new XMLHttpRequest()
    failing.open('GET', 'http://127.0.0.1:1/nobody', false)
    try {
      failing.send()
      return 'sent'
    } catch (error) {
      return [xhr.status, xhr.responseText, (error as Error).name]
    }
  },
}

for (const [name, look] of Object.entries(CASES)) {
  test(`the page notices nothing: ${name}`, async ({ page, site }) => {
    await compare(page, site, look)
  })
}

test('headers reach the API as the page wrote them, with ours added', async ({ traced, site }) => {
  const page = await traced()
  await page.evaluate(async () => {
    const init = { headers: { 'X-Own-Header': 'Value' } }
    await fetch('/api/a', init)
    await fetch('/elsewhere', init)
    await fetch(new Request('/api/b', init))
  })
  const headersOf = (path: string) => site.requests.all.find((request) => request.path === path)?.rawHeaders ?? []
  expect(headersOf('/api/a')).toEqual(expect.arrayContaining(['X-Own-Header', 'Value', 'traceparent']))
  expect(headersOf('/elsewhere')).toContain('X-Own-Header')
  expect(headersOf('/elsewhere')).not.toContain('traceparent')
  expect(headersOf('/api/b')).toEqual(expect.arrayContaining(['X-Own-Header', 'traceparent']))
})
