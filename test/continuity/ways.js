// The ways in which an order's code may come to its last request. Served to the browser as it stands: its `async` is the engine's own.
// Each is given `call(path)`, which makes a request by fetch and resolves with the Response, `send(path)`, the same by XHR, and
// `libs`, bundled apart.

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
/** Settles with what `start` hands to its parameter, from a callback that nobody awaits. */
const called = (start) =>
  new Promise((resolve, reject) => start((work) => Promise.resolve(work()).then(resolve, reject)))
/** A callback goes on for two requests, with a native await between them. */
const goOn = (call) => async () => {
  await (await call('first')).text()
  await call('last')
}

class Checkout {
  constructor(call) {
    this.call = call
  }
  async #prepare() {
    await this.call('first')
  }
  async submit() {
    await this.#prepare()
    await this.call('last')
  }
}

function openDatabase() {
  return new Promise((resolve) => {
    const request = indexedDB.open(`continuity-${Math.random()}`)
    request.onupgradeneeded = () => request.result.createObjectStore('orders')
    request.onsuccess = () => resolve(request.result)
  })
}

export const WAYS = {
  'fetch at once': ({ call }) => call('last'),
  'await Promise.resolve()': async ({ call }) => {
    await Promise.resolve()
    await call('last')
  },
  'await Promise.resolve(), five times': async ({ call }) => {
    for (let i = 0; i < 5; i++) await Promise.resolve()
    await call('last')
  },
  'await Promise.resolve(), fifty times': async ({ call }) => {
    for (let i = 0; i < 50; i++) await Promise.resolve()
    await call('last')
  },
  'await of what is no promise': async ({ call }) => {
    await null
    await 7
    await call('last')
  },
  'after another fetch': async ({ call }) => {
    await call('first')
    await call('last')
  },
  'after reading a body': async ({ call }) => {
    await (await call('first')).json()
    await call('last')
  },
  'after a timer': async ({ call }) => {
    await later(5)
    await call('last')
  },
  'after Promise.all': async ({ call }) => {
    await Promise.all([call('a'), later(3), call('b')])
    await call('last')
  },
  'after Promise.race': async ({ call }) => {
    await Promise.race([call('a'), later(200)])
    await call('last')
  },
  'after Promise.allSettled': async ({ call }) => {
    await Promise.allSettled([call('a'), Promise.reject(new Error('no')), later(3)])
    await call('last')
  },
  'after a rejection that is caught': async ({ call }) => {
    await later(2)
      .then(() => {
        throw new Error('no')
      })
      .catch(() => call('first'))
    await call('last')
  },
  'in a then chain': ({ call }) =>
    call('first')
      .then((response) => response.text())
      .then(() => later(2))
      .then(() => call('last')),
  'in a then chain that nobody awaits': ({ call }) =>
    called((done) => {
      call('first')
        .then((response) => response.text())
        .then(() => done(() => call('last')))
    }),
  'in an async generator': async ({ call }) => {
    async function* pages() {
      yield await call('first')
      await later(2)
      yield call('last')
    }
    const all = pages()
    while (!(await all.next()).done) await later(1)
  },
  'in for await': async ({ call }) => {
    async function* names() {
      yield 'first'
      await later(1)
      yield 'last'
    }
    for await (const name of names()) await call(name)
  },
  'after await import()': async ({ call }) => {
    await import(`./empty.js?${Math.random()}`)
    await call('last')
  },
  'XHR after an await': async ({ send }) => {
    await later(2)
    await send('last')
  },
  'XHR in the handler of another': ({ send }) => called((done) => send('first').then(() => done(() => send('last')))),
  'axios after an await': async ({ libs, url }) => {
    await later(2)
    await libs.axios.get(url('last'))
  },
  setTimeout: ({ call }) => called((done) => setTimeout(() => done(goOn(call)), 2)),
  setInterval: ({ call }) =>
    called((done) => {
      let turns = 0
      const timer = setInterval(() => {
        if (++turns < 3) return
        clearInterval(timer)
        done(goOn(call))
      }, 2)
    }),
  requestAnimationFrame: ({ call }) => called((done) => requestAnimationFrame(() => done(goOn(call)))),
  requestIdleCallback: ({ call }) =>
    called((done) => (window.requestIdleCallback ?? setTimeout)(() => done(goOn(call)))),
  queueMicrotask: ({ call }) => called((done) => queueMicrotask(() => done(goOn(call)))),
  MessageChannel: ({ call }) =>
    called((done) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done(goOn(call))
      port2.postMessage(1)
    }),
  'MessageChannel by addEventListener': ({ call }) =>
    called((done) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', { handleEvent: () => done(goOn(call)) }, { once: true })
      port1.start()
      port2.postMessage(1)
    }),
  BroadcastChannel: ({ call }) =>
    called((done) => {
      const name = `continuity-${Math.random()}`
      const [from, to] = [new BroadcastChannel(name), new BroadcastChannel(name)]
      to.onmessage = () => done(goOn(call))
      from.postMessage(1)
    }),
  'Worker message': ({ call }) =>
    called((done) => {
      const worker = new Worker('/echo-worker.js')
      worker.onmessage = () => {
        worker.terminate()
        done(goOn(call))
      }
      worker.postMessage(1)
    }),
  'WebSocket message': ({ call }) =>
    called((done) => {
      const socket = new WebSocket(`ws://${location.host}/echo`)
      socket.onopen = () => socket.send('x')
      socket.onmessage = () => {
        socket.close()
        done(goOn(call))
      }
    }),
  IndexedDB: ({ call }) =>
    called(async (done) => {
      const database = await openDatabase()
      const store = database.transaction('orders', 'readwrite').objectStore('orders')
      store.put('x', 'key').onsuccess = () => {
        store.get('key').onsuccess = () => done(goOn(call))
      }
    }),
  FileReader: ({ call }) =>
    called((done) => {
      const reader = new FileReader()
      reader.onload = () => done(goOn(call))
      reader.readAsText(new Blob(['solid ring']))
    }),
  MutationObserver: ({ call }) =>
    called((done) => {
      const element = document.body.appendChild(document.createElement('div'))
      const observer = new MutationObserver(() => {
        observer.disconnect()
        done(goOn(call))
      })
      observer.observe(element, { attributes: true })
      element.title = 'x'
    }),
  IntersectionObserver: ({ call }) =>
    called((done) => {
      const element = document.body.appendChild(document.createElement('div'))
      const observer = new IntersectionObserver(() => {
        observer.disconnect()
        done(goOn(call))
      })
      observer.observe(element)
    }),
  ResizeObserver: ({ call }) =>
    called((done) => {
      const element = document.body.appendChild(document.createElement('div'))
      const observer = new ResizeObserver(() => {
        observer.disconnect()
        done(goOn(call))
      })
      observer.observe(element)
    }),
  'scheduler.postTask': ({ call }) =>
    called((done) =>
      window.scheduler?.postTask ? scheduler.postTask(() => done(goOn(call))) : setTimeout(() => done(goOn(call))),
    ),
  'a DOM event dispatched inside': ({ call, listenBefore }) =>
    called((done) => {
      listenBefore.dispatchEvent(new CustomEvent('go', { detail: () => done(goOn(call)) }))
    }),
  'a listener added inside, of an event that comes later': ({ call }) =>
    called((done) => {
      const image = new Image()
      image.addEventListener('error', () => done(goOn(call)))
      image.src = `/api/no-image?${Math.random()}`
    }),
  'after element.animate().finished': async ({ call }) => {
    const element = document.body.appendChild(document.createElement('div'))
    await element.animate([{ opacity: 0 }, { opacity: 1 }], 5).finished
    await call('last')
  },
  'after a native dialog': async ({ call, isAttended }) => {
    if (isAttended) window.confirm('Order?')
    await Promise.resolve()
    await call('last')
  },
  'through a class method': ({ call }) => new Checkout(call).submit(),
  'through a bound function': async ({ call }) => {
    const submit = async function (name) {
      await later(1)
      await this.call(name)
    }.bind({ call })
    await submit('last')
  },
  'ky, which tries again': async ({ libs, url }) => {
    await libs.ky
      .get(`${url('first')}&fail=503`, { retry: { limit: 1, delay: () => 2 } })
      .text()
      .catch(() => {})
    await libs.ky.get(url('last')).json()
  },
  'axios interceptors': async ({ libs, url }) => {
    const client = libs.axios.create()
    client.interceptors.request.use(async (config) => {
      await later(1)
      return config
    })
    client.interceptors.response.use(async (response) => {
      await later(1)
      return response
    })
    await client.get(url('first'))
    await client.get(url('last'))
  },
  'a p-limit queue that all operations share': async ({ call, shared }) => {
    await Promise.all(['first', 'second', 'last'].map((name) => shared.limit(() => call(name))))
  },
  'a promise that all operations share': async ({ call, shared }) => {
    shared.token ??= later(10)
    await shared.token
    await call('last')
  },
  'transpiled to ES2017': ({ call, later, transpiled }) => transpiled.es2017(call, later),
  'transpiled to ES5 generators': ({ call, later, transpiled }) => transpiled.es5(call, later),
}
