// The ways in which an order's code may come to its last request. Served to the browser as it stands: its `async` is the engine's own.
// Each is given `call(path)`, which makes a request by fetch and resolves with the Response, `send(path)`, the same by XHR, and
// `libs`, bundled apart.
import { CALLBACKS } from './callbacks.js'
import { called, later } from './pace.js'

/** Only where somebody answers. */
export const DIALOG = 'after a native dialog'

class LatePromise extends Promise {}

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
  'await of a thenable that is no promise': async ({ call }) => {
    // biome-ignore lint/suspicious/noThenProperty: as jQuery's
    await { then: (resolve) => setTimeout(resolve, 2) }
    // biome-ignore lint/suspicious/noThenProperty: as above
    await { then: (resolve) => call('first').then(() => resolve()) }
    await call('last')
  },
  'await of a subclass of Promise': async ({ call }) => {
    await new LatePromise((resolve) => setTimeout(resolve, 2))
    await LatePromise.all([call('first'), LatePromise.resolve()])
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
  ...CALLBACKS,
  'after element.animate().finished': async ({ call }) => {
    const element = document.body.appendChild(document.createElement('div'))
    await element.animate([{ opacity: 0 }, { opacity: 1 }], 5).finished
    await call('last')
  },
  [DIALOG]: async ({ call }) => {
    window.confirm('Order?')
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
  'transpiled to ES2015, and to ES5 generators': async ({ call, later, transpiled, lowered }) => {
    await lowered.es2017(call, later)
    await transpiled.es5(call, later)
  },
}
