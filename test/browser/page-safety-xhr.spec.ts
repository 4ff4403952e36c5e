import { compare } from '../support/compare'
import { test } from '../support/test'

const CASES: Record<string, (other: string) => unknown> = {
  'an XHR of every response type': async () => {
    const types: XMLHttpRequestResponseType[] = ['', 'text', 'json', 'blob', 'arraybuffer', 'document']
    const load = (responseType: XMLHttpRequestResponseType, path: string) =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest()
        xhr.responseType = responseType
        xhr.open('GET', path)
        xhr.onload = () => {
          const { response } = xhr
          const text = JSON.stringify([response?.size, response?.byteLength, response?.documentElement?.textContent])
          resolve([responseType, String(response), text, xhr.getAllResponseHeaders().includes('content-type')])
        }
        xhr.send()
      })
    return [
      await Promise.all(types.map((type) => load(type, '/api/a'))),
      await load('document', '/api/page'),
      await load('json', '/api/page'),
    ]
  },
  'a synchronous XHR with a body, and what it refuses': () => {
    const xhr = new XMLHttpRequest()
    const seen: string[] = []
    xhr.onreadystatechange = () => seen.push(`readystatechange ${xhr.readyState}`)
    xhr.onload = () => seen.push('load')
    xhr.open('POST', '/api/echo', false)
    xhr.setRequestHeader('X-Own', '1')
    xhr.send('body')
    const refused: string[] = []
    for (const run of [
      () => Object.assign(xhr, { timeout: 5 }),
      () => Object.assign(xhr, { responseType: 'json' }),
      () => xhr.setRequestHeader('X-Own', '1'),
      () => xhr.send(),
      () => new XMLHttpRequest().send(),
      () => new XMLHttpRequest().open('bad method', '/'),
      () => new XMLHttpRequest().open('GET', 'http://'),
      () => (new XMLHttpRequest().open as unknown as () => void)(),
      () => (XMLHttpRequest.prototype.open as (method: string, url: string) => void).call({}, 'GET', '/'),
      () => XMLHttpRequest.prototype.send.call({} as XMLHttpRequest),
      () => XMLHttpRequest.prototype.setRequestHeader.call({} as XMLHttpRequest, 'a', 'b'),
    ]) {
      try {
        refused.push(String(run()))
      } catch (error) {
        refused.push(String(error))
      }
    }
    return [seen, xhr.status, xhr.responseText, refused]
  },
  'an abort at each stage': async () => {
    const abortAt = (stage: string) =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest()
        const seen: string[] = []
        for (const type of ['readystatechange', 'loadstart', 'abort', 'error', 'load', 'timeout', 'loadend'])
          xhr.addEventListener(type, () => seen.push(`${type} ${xhr.readyState} ${xhr.status}`))
        const abort = () => {
          xhr.abort()
          resolve([stage, seen, xhr.readyState])
        }
        xhr.open('GET', stage === 'sent' ? '/api/never' : '/api/a')
        if (stage === 'headers') xhr.onreadystatechange = () => xhr.readyState === 2 && abort()
        if (stage === 'done') xhr.onloadend = abort
        if (stage === 'opened') return abort()
        xhr.send()
        if (stage === 'sent') abort()
      })
    const seen = []
    for (const stage of ['opened', 'sent', 'headers', 'done']) seen.push(await abortAt(stage))
    return seen
  },
  'a time-out, set before or after it was sent': async () => {
    const late = (after: boolean) =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest()
        const seen: string[] = []
        for (const type of ['abort', 'error', 'load', 'timeout']) xhr.addEventListener(type, () => seen.push(type))
        xhr.onloadend = () => resolve([seen, xhr.status, xhr.readyState, xhr.timeout])
        xhr.open('GET', '/api/never')
        if (!after) xhr.timeout = 30
        xhr.send()
        if (after) xhr.timeout = 30
      })
    return [await late(false), await late(true)]
  },
  'an upload tells of its progress, in order': () =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      const seen = new Set<string>()
      const types = ['loadstart', 'progress', 'load', 'loadend', 'error', 'abort', 'timeout']
      for (const type of types) {
        xhr.upload.addEventListener(type, (event) => {
          const { total, lengthComputable } = event as ProgressEvent
          seen.add(`upload ${type} ${total} ${lengthComputable}`)
        })
        xhr.addEventListener(type, () => seen.add(type))
      }
      xhr.addEventListener('loadend', () => resolve([...seen, xhr.responseText.length]))
      xhr.open('POST', '/api/echo')
      xhr.send('x'.repeat(300_000))
    }),
  'handlers and listeners in the order in which they were set': () =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      const seen: unknown[] = []
      xhr.addEventListener('load', () => seen.push('first'))
      const handler = function (this: unknown) {
        seen.push(['on', this === xhr])
      }
      xhr.onload = handler
      xhr.addEventListener('load', {
        handleEvent() {
          seen.push('object')
        },
      })
      xhr.open('GET', '/api/a')
      xhr.addEventListener('load', () => seen.push('after open'))
      xhr.send()
      xhr.addEventListener('load', () => seen.push('after send'))
      xhr.addEventListener('loadend', () => resolve([seen, xhr.onload === handler, xhr.onerror]))
    }),
  'open twice, before and after it was sent': () =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      const seen: string[] = []
      for (const type of ['readystatechange', 'abort', 'load', 'loadend'])
        xhr.addEventListener(type, () =>
          seen.push(`${type} ${xhr.readyState} ${new URL(xhr.responseURL || 'x:').pathname}`),
        )
      xhr.onload = () => resolve(seen)
      xhr.open('GET', '/api/first')
      xhr.setRequestHeader('X-Own', '1')
      xhr.open('GET', '/api/never')
      xhr.send()
      xhr.open('GET', '/api/second')
      xhr.send()
    }),
  'one XHR for several requests, the next from a listener of the last': () =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      const seen: string[] = []
      xhr.onload = () => {
        seen.push(new URL(xhr.responseURL).search)
        if (seen.length === 3) return resolve(seen)
        xhr.open('GET', `/api/a?${seen.length}`)
        xhr.send()
      }
      xhr.open('GET', '/api/a?0')
      xhr.send()
    }),
  'an XHR to another origin that does not allow our header': (other) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      xhr.onloadend = () => resolve([xhr.status, xhr.responseText])
      xhr.open('GET', `${other}/api/a`)
      xhr.send()
    }),
  'a subclass of XMLHttpRequest, and one of another frame': async () => {
    class Own extends XMLHttpRequest {
      override open(method: string, url: string | URL) {
        super.open(method, `${url}?own`)
      }
    }
    const frame = document.body.appendChild(document.createElement('iframe'))
    const classes = [Own, (frame.contentWindow as Window & typeof globalThis).XMLHttpRequest]
    const load = (Class: typeof XMLHttpRequest) =>
      new Promise((resolve) => {
        const xhr = new Class()
        xhr.onload = () => resolve([new URL(xhr.responseURL).search, xhr instanceof Class])
        xhr.open('GET', '/api/a')
        xhr.send()
      })
    return Promise.all(classes.map(load))
  },
}

test.beforeEach(({ site }) => {
  site.corsHeaders = ''
  site.on('/api/echo', ({ method, body }, response) => void response.end(method + body))
  site.on('/api/never', () => {})
  site.page('/api/page', '<p>page')
})

for (const [name, look] of Object.entries(CASES)) {
  test(`the page notices nothing: ${name}`, async ({ page, site }) => {
    await compare(page, site, look)
  })
}
