import { compare, visit } from '../support/compare'
import { expect, test } from '../support/test'

/** Promises, whose `constructor` is watched while an operation is open. */
const CASES: Record<string, () => unknown> = {
  'the order of microtasks, async functions, queueMicrotask and timers': async () => {
    const order: string[] = []
    const say = (what: string) => () => void order.push(what)
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const { promise: end, resolve: finish } = Promise.withResolvers<void>()
    const pending = async (name: string) => {
      await gate
      order.push(`${name} 1`)
      await null
      order.push(`${name} 2`)
      await Promise.all([gate, null])
      order.push(`${name} 3`)
      return (async () => name)()
    }
    setTimeout(say('timer 1'))
    for (const name of ['a', 'b'])
      pending(name)
        .then(say(`${name} returned`))
        .finally(say(`${name} finally`))
    gate.then(say('then 1')).then(say('then 2')).then(say('then 3')).then(say('then 4'))
    Promise.race([gate, end]).then(say('race'))
    queueMicrotask(say('microtask before'))
    open()
    queueMicrotask(say('microtask after'))
    // biome-ignore lint/suspicious/noThenProperty: the page's thenable is what is tested
    Promise.resolve({ then: (resolve: () => void) => resolve() }).then(say('thenable'))
    setTimeout(() => {
      order.push('timer 2')
      queueMicrotask(say('microtask of timer 2'))
      setTimeout(finish)
    })
    order.push('synchronous')
    await end
    return order
  },
  'async generators and for await keep their order': async () => {
    const order: string[] = []
    async function* numbers(name: string) {
      for (const each of [1, 2, 3]) {
        order.push(`${name} yields ${each}`)
        yield Promise.resolve(each)
      }
    }
    const read = async (name: string) => {
      for await (const each of numbers(name)) order.push(`${name} reads ${each}`)
    }
    await Promise.all([read('a'), read('b')])
    return order
  },
  'promises say who made them': async () => {
    const pending = new Promise(() => {})
    const promises = [
      pending,
      Promise.resolve(),
      (async () => {})(),
      fetch('/api/a'),
      import(`${'data:'}text/javascript,`),
    ]
    return promises.map((promise) => [
      promise.constructor === Promise,
      promise instanceof Promise,
      Promise.resolve(promise) === promise,
      Object.getPrototypeOf(promise) === Promise.prototype,
    ])
  },
  'a subclass makes its own, and waits alike': async () => {
    const made: string[] = []
    class Own<T> extends Promise<T> {
      constructor(work: (resolve: (value: T) => void, reject: (error: unknown) => void) => void) {
        super(work)
        made.push('own')
      }
    }
    const own = new Own<number>((resolve) => setTimeout(resolve, 1, 1))
    const then = own.then(() => 2)
    const values = [await own, await then, await Own.all([own, then]), await own.finally(() => {})]
    return [values, then instanceof Own, then.constructor === Own, Own.resolve(1) instanceof Own, made.length]
  },
  'a species is asked for': () => {
    class Plain<T> extends Promise<T> {
      static override get [Symbol.species]() {
        return Promise
      }
    }
    return [new Plain(() => {}).then() instanceof Plain, new Plain(() => {}) instanceof Plain]
  },
  'an instance may have a constructor of its own': async () => {
    const promise = Promise.resolve(1) as Promise<number> & { constructor: unknown }
    const asked: string[] = []
    class Other extends Promise<number> {}
    promise.constructor = Other
    const isOther = promise.then() instanceof Other
    Object.defineProperty(promise, 'constructor', { get: () => void asked.push('asked') })
    const value = await promise.then((given) => given + 1)
    return [isOther, value, asked, Object.keys(promise)]
  },
  'Promise.prototype.constructor can be set, and is what was set': async () => {
    const promise = Promise.resolve(1)
    const { prototype } = Promise as { prototype: { constructor: unknown } }
    class Other extends Promise<number> {}
    prototype.constructor = Other
    const seen = [promise.constructor === Other, promise.then() instanceof Other, Object.keys(prototype), await promise]
    prototype.constructor = Promise
    return [seen, promise.constructor === Promise, promise.then() instanceof Other]
  },
  'what only inherits from Promise.prototype answers as ever': () => {
    const inherits = Object.create(Promise.prototype)
    return [
      inherits.constructor === Promise,
      Promise.prototype.constructor === Promise,
      Object.keys(Promise.prototype),
      Reflect.ownKeys(Promise.prototype).map(String),
    ]
  },
  'Promise.resolve and the others look and work as ever': async () => {
    const promise = Promise.resolve(1)
    const of = (run: () => unknown) => {
      try {
        return run()
      } catch (error) {
        return String(error)
      }
    }
    return [
      [Promise.resolve.name, Promise.resolve.length, Object.keys(Promise)],
      [Promise.resolve(promise) === promise, await Promise.resolve(promise), await Promise.all([promise, 2])],
      of(() => (Promise.resolve as unknown as (this: unknown) => unknown).call(undefined)),
      of(() => (Promise.resolve as unknown as (this: unknown) => unknown).call({})),
      JSON.stringify(Object.getOwnPropertyDescriptor(Promise, 'resolve')),
    ]
  },
}

for (const [name, look] of Object.entries(CASES)) {
  test(`the page notices nothing: ${name}`, async ({ page, site }) => {
    await compare(page, site, look)
  })
}

test('the stack of an error names every function that awaits it, as long as no operation is open', async ({
  page,
  site,
}) => {
  const stack = () =>
    page.evaluate(async () => {
      const tick = () => new Promise((resolve) => setTimeout(resolve, 1))
      const deepest = async () => {
        await tick()
        throw new Error('of the page')
      }
      const deep = async () => {
        await deepest()
      }
      const middle = async () => {
        await Promise.all([deep()])
      }
      const outer = async () => {
        await (async () => middle())()
      }
      const error = await outer().catch((reason: Error) => reason)
      return error?.stack?.match(/at (async )?[\w.]+/g)
    })
  await visit(page, site, 'without')
  const without = await stack()
  expect(without?.join()).toMatch(/deepest.*async deep.*async Promise.all.*async middle.*async outer/)
  await visit(page, site, 'traced')
  await page.evaluate(() => window.tracing.order('submit', () => fetch('/api/a')))
  expect(await stack()).toEqual(without)
  // What a page can notice while one is open.
  await visit(page, site, 'in an order')
  expect((await stack())?.[0]).toBe('at deepest')
})

test('a page that has begun no order and no request has promises as quick as ever', async ({ page, site }) => {
  await page.goto(site.origin)
  const made = await page.evaluate(() => {
    const defined: unknown[] = []
    const { defineProperty } = Object
    Object.defineProperty = <T>(object: T, name: PropertyKey, descriptor: PropertyDescriptor) => {
      if (object instanceof Promise || (object as unknown) === Promise.prototype) defined.push(name)
      return defineProperty(object, name, descriptor)
    }
    window.startTracing({ service: 'crm' })
    const atStart = [...defined]
    window.tracing = window.startTracing({ service: 'crm' })
    window.tracing.startOrder('submit').succeed()
    return [atStart, defined.length > 0]
  })
  expect(made).toEqual([[], true])
})

// The getter is what tells us of an `await` that has no other trace; it cannot be hidden from whoever looks for it.
test('what can be seen: Promise.prototype.constructor is an accessor while an operation is open', async ({
  traced,
}) => {
  const page = await traced()
  const seen = await page.evaluate(() => {
    const look = () => typeof Object.getOwnPropertyDescriptor(Promise.prototype, 'constructor')?.get
    const before = look()
    const order = window.tracing.startOrder('submit')
    const during = look()
    order.succeed()
    return [before, during, look(), Promise.prototype.constructor === Promise]
  })
  expect(seen).toEqual(['undefined', 'function', 'undefined', true])
})
