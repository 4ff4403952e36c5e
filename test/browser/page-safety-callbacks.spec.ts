import { compare } from '../support/compare'
import { expect, test } from '../support/test'

/** Timers and observers, which are bound while an operation is open. */
const CASES: Record<string, () => unknown> = {
  'timers pass `this` and arguments on, and return ids': async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const id = setTimeout(
      function (this: unknown, ...args: unknown[]) {
        resolve([this === window, args])
      },
      1,
      'a',
      { b: 2 },
    )
    const frame = requestAnimationFrame(() => {})
    cancelAnimationFrame(frame)
    const idle = requestIdleCallback(() => {})
    cancelIdleCallback(idle)
    return [await promise, typeof id, typeof frame, typeof idle, setTimeout.length, setTimeout.name]
  },
  'a callback of an animation frame gets its time, of an idle moment its deadline': async () => {
    const frame = await new Promise((resolve) => requestAnimationFrame((...args) => resolve(args.map((a) => typeof a))))
    const idle = await new Promise((resolve) => requestIdleCallback((...args) => resolve(args.map(String))))
    return [frame, idle]
  },
  'what is cleared does not run': async () => {
    const ran: string[] = []
    clearTimeout(setTimeout(() => ran.push('timeout')))
    clearInterval(setInterval(() => ran.push('interval')))
    cancelAnimationFrame(requestAnimationFrame(() => ran.push('frame')))
    cancelIdleCallback(requestIdleCallback(() => ran.push('idle')))
    const interval = setInterval(() => {
      ran.push('tick')
      if (ran.length === 3) clearInterval(interval)
    }, 1)
    await new Promise((resolve) => setTimeout(resolve, 60))
    await new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve)))
    return ran
  },
  'a string is run as script': async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    Object.assign(window, { resolveFromString: resolve })
    setTimeout('resolveFromString([typeof this, this === window])')
    return promise
  },
  'a timer takes a wrong receiver, a null callback and none as ever': () => {
    const results = [
      () => setTimeout.call({} as Window, () => {}),
      () => typeof setTimeout.call(undefined as unknown as Window, () => {}),
      () => typeof setTimeout(null as unknown as () => void),
      () => (setTimeout as unknown as () => void)(),
      () => requestAnimationFrame(null as unknown as () => void),
      () => new MutationObserver(null as unknown as () => void),
      () => (MutationObserver as unknown as () => void)(),
      () => new (setTimeout as unknown as new () => unknown)(),
    ]
    return results.map((run) => {
      try {
        return run()
      } catch (error) {
        return String(error)
      }
    })
  },
  'an error of a callback surfaces once, with its own stack first': async () => {
    const seen: unknown[] = []
    const failed = new Error('of the page')
    const firstLine = failed.stack?.split('\n')[1]
    const { promise, resolve } = Promise.withResolvers<void>()
    window.onerror = (message, _source, line, column, error) => {
      const own = error === failed && error.stack?.split('\n')[1] === firstLine
      seen.push([message, typeof line, typeof column, own])
      if (seen.length === 3) resolve()
      return true
    }
    const fail = () => {
      throw failed
    }
    setTimeout(fail)
    requestAnimationFrame(fail)
    queueMicrotask(fail)
    await promise
    return seen
  },
  'an error thrown in a timer has the callback in its stack’s first line': async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    window.onerror = (_message, _source, _line, _column, error) => {
      resolve(error?.stack?.split('\n')[1]?.trim().split(' ').slice(0, 2))
      return true
    }
    setTimeout(function ofThePage() {
      throw new Error('here')
    })
    return promise
  },
  'observers call back with themselves as `this`, and with their records': async () => {
    const node = document.body.appendChild(document.createElement('p'))
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const observer = new MutationObserver(function (this: unknown, records, self) {
      resolve([this === observer, self === observer, records.map(({ type }) => type), observer.takeRecords()])
    })
    observer.observe(node, { attributes: true })
    node.id = 'x'
    const resized = new Promise((resolve) => {
      const sizes = new ResizeObserver(function (this: unknown, entries, self) {
        sizes.disconnect()
        resolve([this === sizes, self === sizes, entries.length])
      })
      sizes.observe(node)
    })
    return [await promise, await resized]
  },
  'observers are instances of their class, also by `constructor` and through subclasses': async () => {
    class Watcher extends MutationObserver {
      readonly own = 'own'
    }
    const watcher = new Watcher(() => {})
    const classes = [MutationObserver, ResizeObserver, IntersectionObserver]
    return [
      classes.map((Class) => {
        const observer = new Class(() => {})
        const { prototype } = Class
        return [
          observer instanceof Class,
          observer.constructor === Class,
          prototype.constructor === Class,
          Object.getPrototypeOf(observer) === prototype,
          JSON.stringify(Object.getOwnPropertyDescriptor(prototype, 'constructor')),
          Object.keys(prototype).includes('constructor'),
          String(observer),
          [Class.name, Class.length],
        ]
      }),
      [watcher instanceof Watcher, watcher instanceof MutationObserver, watcher.constructor === Watcher, watcher.own],
      Object.getPrototypeOf(Watcher) === MutationObserver,
    ]
  },
  'scheduler.postTask gives its result, its priority’s order and its abort': async () => {
    const { scheduler } = window as unknown as {
      scheduler: { postTask(task: () => unknown, options?: object): Promise<unknown> }
    }
    const order: string[] = []
    const controller = new AbortController()
    const aborted = scheduler.postTask(() => 'never', { signal: controller.signal }).catch((error) => error.name)
    controller.abort()
    await Promise.all([
      scheduler.postTask(() => order.push('background'), { priority: 'background' }),
      scheduler.postTask(() => order.push('blocking'), { priority: 'user-blocking' }),
    ])
    return [order, await aborted, await scheduler.postTask(() => 'result')]
  },
}

for (const [name, look] of Object.entries(CASES)) {
  test(`the page notices nothing: ${name}`, async ({ page, site }) => {
    await compare(page, site, look)
  })
}

test('a timer that an operation has set runs after its end as any other', async ({ traced }) => {
  const page = await traced()
  const seen = await page.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    await window.tracing.order('submit', () => void setTimeout((...args: unknown[]) => resolve(args), 1, 'late'))
    return promise
  })
  expect(seen).toEqual(['late'])
})

// There is no way to hide a function that stands in another's place for a while: it can only be put back.
test('what can be seen: timers and observers are other functions while an operation is open', async ({ traced }) => {
  const page = await traced()
  const seen = await page.evaluate(() => {
    const names = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'MutationObserver', 'ResizeObserver'] as const
    const before = names.map((name) => window[name])
    const isSame = () => names.map((name, index) => window[name] === before[index])
    const order = window.tracing.startOrder('submit')
    const during = isSame()
    order.succeed()
    return { during, after: isSame() }
  })
  expect(seen).toEqual({ during: Array(5).fill(false), after: Array(5).fill(true) })
})
