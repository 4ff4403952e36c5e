import { compare } from '../support/compare'
import { expect, test } from '../support/test'

const CASES: Record<string, (other: string) => unknown> = {
  'an init is used again, and stays as it was': async () => {
    const init = { method: 'POST', headers: { 'X-Own': '1' }, body: 'x' }
    const before = JSON.stringify(init)
    const statuses = [
      (await fetch('/api/a', init)).status,
      (await fetch('/echo', init)).status,
      (await fetch('/api/a', init)).status,
    ]
    return [statuses, await (await fetch('/echo', init)).json(), JSON.stringify(init) === before]
  },
  'headers in every shape arrive': async () => {
    const list: [string, string][] = [
      ['X-One', '1'],
      ['x-one', '2'],
    ]
    const shapes = [new Headers(list), list, new Map(list), { 'X-One': '1' }, list.values(), undefined, null]
    const arrived = []
    for (const shape of shapes) {
      const response = await fetch('/api/echo', { headers: shape as HeadersInit }).catch(String)
      arrived.push(typeof response === 'string' ? response : (await response.json()).own)
    }
    return arrived
  },
  'an init that inherits, has getters or no prototype is read as ever': async () => {
    class Init {
      get method() {
        return 'PUT'
      }
      get body() {
        return 'inherited'
      }
    }
    const bare = Object.assign(Object.create(null), { method: 'POST', body: 'bare' })
    const hidden = Object.defineProperties({}, { method: { value: 'POST' }, body: { value: 'not enumerable' } })
    const inits = [
      new Init(),
      bare,
      hidden,
      Object.create({ method: 'POST', body: 'of the prototype' }),
      new Map(),
      null,
    ]
    const arrived = []
    for (const init of inits) arrived.push(await (await fetch('/api/echo', init)).json())
    return arrived
  },
  'what is refused is refused with the same error': async () => {
    const throws = {
      get method(): string {
        throw new RangeError('of the page')
      },
    }
    const wrong: unknown[][] = [
      [],
      ['/api/a', 5],
      ['/api/a', { method: 'TRACE' }],
      ['/api/a', { method: 'bad method' }],
      ['/api/a', { body: 'x' }],
      ['/api/a', { headers: { 'bad name': 'x' } }],
      ['/api/a', { headers: [['one']] }],
      ['/api/a', { signal: 5 }],
      ['/api/a', { mode: 'navigate' }],
      ['/api/a', throws],
      ['http://user:secret@localhost/api/a'],
    ]
    const fetchAny = fetch as unknown as (...args: unknown[]) => Promise<Response>
    return Promise.all(
      wrong.map((args) => {
        try {
          return fetchAny(...args).then(({ status }) => status, String)
        } catch (error) {
          return `threw ${error}`
        }
      }),
    )
  },
  'a URL, an anchor and an object with toString are addresses, read once': async () => {
    let read = 0
    const object = {
      toString() {
        read++
        return '/api/echo?object'
      },
    }
    const anchor = Object.assign(document.createElement('a'), { href: '/api/echo?anchor' })
    const inputs = [new URL('/api/echo?url', location.href), anchor, object] as string[]
    const urls = []
    for (const input of inputs) urls.push(new URL((await fetch(input)).url).search)
    return [urls, read]
  },
  'every kind of body arrives': async () => {
    const form = new FormData()
    form.append('a', '1')
    const bodies = ['text', new Blob(['blob'], { type: 'x/y' }), new URLSearchParams('a=1'), new Uint8Array([65])]
    const arrived = []
    for (const body of bodies) arrived.push(await (await fetch('/api/echo', { method: 'POST', body })).json())
    const { body } = await (await fetch('/api/echo', { method: 'POST', body: form })).json()
    return [arrived, body.includes('name="a"')]
  },
  'a body that is streamed up': async () => {
    const pulled: number[] = []
    const body = new ReadableStream({
      pull(controller) {
        pulled.push(pulled.length)
        if (pulled.length > 2) controller.close()
        else controller.enqueue(new TextEncoder().encode('part'))
      },
    })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    // Over HTTP/1.1 Chromium refuses it; what counts is that it does so alike, and consumes as much.
    const answer = await fetch('/api/echo', init).then((response) => response.status, String)
    const withoutDuplex = await fetch('/api/echo', { method: 'POST', body: new ReadableStream() }).catch(String)
    return [answer, withoutDuplex, body.locked]
  },
  'a time-out has the signal’s own reason': async () => {
    const signal = AbortSignal.timeout(30)
    const error = await fetch('/api/never', { signal }).catch((reason) => reason)
    const any = AbortSignal.any([AbortSignal.timeout(30), new AbortController().signal])
    const request = new Request('/api/never', { signal: AbortSignal.timeout(30) })
    return [
      [error.name, error.code, error instanceof DOMException, error === signal.reason],
      await fetch('/api/never', { signal: any }).catch((reason) => reason === any.reason),
      await fetch(request).catch((reason) => [reason.name, reason === request.signal.reason]),
    ]
  },
  'an abort while the body is read keeps its reason': async () => {
    const controller = new AbortController()
    const response = await fetch('/api/endless', { signal: controller.signal })
    const reading = (async () => {
      for await (const _chunk of response.body as unknown as AsyncIterable<Uint8Array>);
    })()
    const reason = { of: 'the page' }
    controller.abort(reason)
    return [response.status, await reading.catch((error) => error === reason)]
  },
  'a redirect is followed, refused or shown as ever': async () => {
    const followed = await fetch('/api/redirect')
    const shown = await fetch('/api/redirect', { redirect: 'manual' })
    const refused = await fetch('/api/redirect', { redirect: 'error' }).catch(String)
    return [followed.redirected, new URL(followed.url).pathname, shown.type, shown.status, refused]
  },
  'requests without CORS, of data, blobs and other origins': async (other) => {
    const opaque = await fetch(`${other}/api/a`, { mode: 'no-cors' })
    const blob = URL.createObjectURL(new Blob(['blob']))
    return [
      [opaque.type, opaque.status],
      await (await fetch('data:,text')).text(),
      await (await fetch(blob)).text(),
      (await fetch(`${other}/api/a`)).type,
      await fetch(`${other}/api/a`, { mode: 'same-origin' }).catch(String),
    ]
  },
  'a function of another frame’s and a Request of another frame’s': async () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const inner = frame.contentWindow as Window & typeof globalThis
    const request = new inner.Request('/api/echo', { method: 'POST', body: 'inner' })
    return [(await (await fetch(request)).json()).body, request.bodyUsed, (await inner.fetch('/api/a')).status]
  },
  'fetch takes any receiver that it took': async () => {
    const { fetch: bare } = window
    const refused = await (bare.call({} as Window, '/api/a') as Promise<unknown>).catch(String)
    const called = bare.call(window, '/api/a')
    return [(await bare('/api/a')).status, (await called).status, refused, (await self.fetch('/api/a')).status]
  },
}

test.beforeEach(({ site }) => {
  const echo = ({ method, body, rawHeaders }: { method: string; body: string; rawHeaders: string[] }) => {
    const own = rawHeaders.flatMap((name, index) =>
      index % 2 === 0 && /^x-/i.test(name) ? [name, rawHeaders[index + 1]] : [],
    )
    return JSON.stringify({ method, body, own })
  }
  for (const path of ['/api/echo', '/echo']) site.on(path, (request, response) => void response.end(echo(request)))
  site.on('/api/never', () => {})
  site.on('/api/endless', (_request, response) => void response.writeHead(200).write('begun'))
  site.on('/api/redirect', (_request, response) => void response.writeHead(302, { location: '/api/a' }).end())
})

/** Arguments that the browser refuses are refused as well where we look at them, and counted. */
const REFUSED: Record<string, unknown> = {
  'what is refused is refused with the same error': { fetch: expect.any(Number) },
  'headers in every shape arrive': { fetch: 1 },
}

for (const [name, look] of Object.entries(CASES)) {
  test(`the page notices nothing: ${name}`, async ({ page, site }) => {
    const without = await compare(page, site, look, { failures: REFUSED[name] ?? {} })
    expect(JSON.stringify(without)).not.toBe('[]')
  })
}
