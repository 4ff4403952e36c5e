/** Answers as they are seen, those that tell of errors too, and arguments that stay as they were. */
export async function askByFetch(other: string): Promise<unknown> {
  const ask = async (...args: Parameters<typeof fetch>) => {
    const answer = await fetch(...args)
    const { status, statusText, ok, type, url, redirected, headers } = answer
    // The date is another each time.
    return [status, statusText, ok, type, url, redirected, [...headers.keys()], await answer.text(), answer.bodyUsed]
  }
  const init = Object.freeze({ method: 'POST', headers: { 'X-Own': '1' }, body: 'posted' })
  const request = new Request('/api/request', { method: 'PUT', body: 'put' })
  const promise = fetch('/api/promise')
  await promise
  return [
    promise instanceof Promise,
    await ask('/api/answer?x=1'),
    await ask('/api/init', init),
    JSON.stringify(init),
    await ask(request),
    request.bodyUsed,
    await ask('/api/answer?fail=404'),
    await ask('/api/answer?fail=503'),
    await ask('/elsewhere', { headers: [['X-Own', '2']] }),
    await ask(`${other}/api/other`),
  ]
}

/** Errors of the browser's, and of the page's own as it threw them. */
export async function failToFetch(): Promise<unknown> {
  const tell = (error: unknown) => [Object.getPrototypeOf(error) === TypeError.prototype, String(error)]
  const reason = new RangeError('mine')
  const isMine = (error: unknown) => error === reason
  const controller = new AbortController()
  const begun = await fetch('/api/begun', { signal: controller.signal })
  const read = begun.text().catch(isMine)
  controller.abort(reason)
  return [
    await fetch('http://127.0.0.1:1/nobody').catch(tell),
    await fetch('http://').catch(tell),
    await fetch('/api/never', { signal: AbortSignal.abort(reason) }).catch(isMine),
    await read,
  ]
}

/** Reactions to an answer, in the turns in which they come. */
export async function fetchInTurn(): Promise<unknown> {
  const order: string[] = []
  const note = (name: string) => () => void order.push(name)
  const asked = fetch('/api/in-turn')
  asked.then(note('then')).then(note('after then'))
  asked.finally(note('finally'))
  const own = (async () => {
    const answer = await asked
    note('awaited')()
    queueMicrotask(note('microtask'))
    await null
    note('a turn later')()
    return answer.text()
  })()
  note('asked')()
  asked.then(() => Promise.resolve()).then(note('through a promise'))
  return [await own, order]
}

/** Events of answers and of failures, in order, with what can be read meanwhile. */
export async function askByXhr(): Promise<unknown> {
  const types = ['readystatechange', 'loadstart', 'load', 'error', 'abort', 'timeout', 'loadend']
  const ask = (method: string, url: string, hasBegun?: (xhr: XMLHttpRequest) => void) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      const seen: unknown[] = []
      for (const type of types) {
        Reflect.set(xhr, `on${type}`, () => seen.push(`on${type}`))
        xhr.addEventListener(type, function (this: unknown, event) {
          seen.push([type, xhr.readyState, xhr.status, this === xhr, event.target === xhr, event.isTrusted])
        })
      }
      xhr.addEventListener('readystatechange', () => xhr.readyState === 2 && hasBegun?.(xhr))
      xhr.addEventListener('loadend', () => {
        const headers = xhr.getAllResponseHeaders().replace(/^date:.*$/im, '')
        seen.push([xhr.responseText, xhr.responseURL, xhr.statusText, headers])
        setTimeout(resolve, 0, seen)
      })
      xhr.open(method, url)
      xhr.setRequestHeader('X-Own', '3')
      xhr.send(method === 'POST' ? 'sent' : null)
    })
  return [
    await ask('GET', '/api/xhr'),
    await ask('POST', '/api/xhr'),
    await ask('GET', '/api/xhr?fail=500'),
    await ask('GET', 'http://127.0.0.1:1/nobody'),
    await ask('GET', '/api/begun', (xhr) => xhr.abort()),
  ]
}
