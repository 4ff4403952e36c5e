import type { Page } from '@playwright/test'
import type { Diagnostics, TracingOptions } from '../../src'
import type { Site } from '../support/site'
import { expect, test } from '../support/test'

/** Something of the page or of the user's that fails, and where that shows. */
interface Fault {
  /** Runs in the page before tracing starts. */
  atStart?(): void
  /** Runs when tracing runs. */
  later?(): void
  /** Runs in the page, for hooks cannot be handed in from outside. */
  options?(): Partial<TracingOptions>
  shows(diagnostics: Diagnostics, said: string[]): void
}

const isCounted = (place: string) => (diagnostics: Diagnostics) =>
  expect(diagnostics.failures[place]).toBeGreaterThan(0)
const isOff = ({ state, problem }: Diagnostics, said: string[]) => {
  expect([state, problem]).toEqual(['off', 'this browser refused: injected'])
  expect(said.filter((line) => line.includes('this browser refused: injected. Tracing is off'))).toHaveLength(1)
}

const FAULTS: Record<string, Fault> = {
  'session storage that throws on use': {
    atStart() {
      const fail = () => {
        throw new Error('injected')
      }
      Object.assign(Storage.prototype, { getItem: fail, setItem: fail })
    },
    shows: isCounted('storage'),
  },
  'session storage that throws on access': {
    atStart() {
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new Error('injected')
        },
      })
    },
    shows: isCounted('storage'),
  },
  'a serializer that throws': {
    later() {
      JSON.stringify = () => {
        throw new Error('injected')
      }
    },
    // What ended before was written before.
    shows: ({ spans }) => expect(spans.dropped).toEqual({ 'not-serializable': spans.made - spans.sent }),
  },
  'a redact hook that throws': {
    options: () => ({
      redact() {
        throw new Error('injected')
      },
    }),
    shows: isCounted('redact'),
  },
  'a userId hook that throws': {
    options: () => ({
      userId() {
        throw new Error('injected')
      },
    }),
    shows: isCounted('userId'),
  },
  'performance.now that throws from the start': {
    atStart() {
      Performance.prototype.now = () => {
        throw new Error('injected')
      }
    },
    shows: isCounted('order'),
  },
  'performance.now that throws later': {
    later() {
      Performance.prototype.now = () => {
        throw new Error('injected')
      }
    },
    shows: isCounted('fetch'),
  },
  'Date.now that throws later': {
    later() {
      Date.now = () => {
        throw new Error('injected')
      }
    },
    shows: isCounted('fetch'),
  },
  'a clock that is refused at the start': {
    atStart() {
      Object.defineProperty(Performance.prototype, 'timeOrigin', {
        get() {
          throw new Error('injected')
        },
      })
    },
    shows: isOff,
  },
  'random numbers that are refused at the start': {
    atStart() {
      Crypto.prototype.getRandomValues = () => {
        throw new Error('injected')
      }
    },
    // Others are good enough for an id.
    shows: ({ state, spans }) => expect([state, spans.sent > 0]).toEqual(['running', true]),
  },
  'a console that throws, when a hook fails in debug mode': {
    atStart() {
      const fail = () => {
        throw new Error('injected')
      }
      Object.defineProperty(window, 'console', { value: new Proxy({}, { get: fail }) })
    },
    options: () => ({
      debug: true,
      redact() {
        throw new Error('injected')
      },
    }),
    shows: isCounted('redact'),
  },
  'URL replaced at the start': {
    atStart() {
      Object.assign(window, {
        URL: class {
          constructor() {
            throw new Error('injected')
          }
        },
      })
    },
    shows: ({ state, problem }, said) => {
      expect([state, typeof problem]).toEqual(['off', 'string'])
      expect(said.filter((line) => line.includes('Tracing is off'))).toHaveLength(1)
    },
  },
  'URL replaced later, by what makes nonsense': {
    later() {
      Object.assign(window, { URL: class {} })
    },
    // A request whose address cannot be read goes out untraced.
    shows: ({ state, requests }) => expect([state, requests.withHeader]).toEqual(['running', 0]),
  },
  'window.event that throws': {
    later() {
      Object.defineProperty(window, 'event', {
        get() {
          throw new Error('injected')
        },
      })
    },
    shows: isCounted('continuity'),
  },
  'performance.now that throws when a declarative order has begun': {
    later() {
      addEventListener('click', () => {
        Performance.prototype.now = () => {
          throw new Error('injected')
        }
      })
    },
    shows: isCounted('delivery'),
  },
}

/** What the page does all day; resolves with what it saw. */
async function live(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const { tracing } = window
    const asked = await fetch('/api/a', { method: 'POST', body: 'x' })
    const xhr = new XMLHttpRequest()
    const loaded = new Promise((resolve) => Object.assign(xhr, { onloadend: resolve }))
    xhr.open('GET', '/api/b')
    xhr.send()
    await loaded
    const value = await tracing.order('submit', async (order) => {
      order.setId('o-1')
      const { status } = await order.step('save', () => fetch('/api/c'))
      await new Promise((resolve) => setTimeout(resolve))
      const { promise, resolve } = Promise.withResolvers<Event>()
      const target = new EventTarget()
      target.addEventListener('a', resolve)
      target.dispatchEvent(new Event('a'))
      return [status, (await promise).type]
    })
    const failed = new Error('of the page')
    const isOwn = await tracing.order('fail', () => Promise.reject(failed)).catch((error) => error === failed)
    tracing.setUser('u-1')
    const button = document.createElement('button')
    button.dataset.orderStep = 'click'
    document.body.append(button)
    button.click()
    await tracing.flush()
    // The declarative order ends by a timer of ours, and is sent by another.
    await new Promise((resolve) => setTimeout(resolve, 500))
    return [asked.status, xhr.status, value, isOwn]
  })
}

for (const [name, { atStart, later, options = () => ({}), shows }] of Object.entries(FAULTS)) {
  test(`a fault stays ours: ${name}`, async ({ page, site }) => {
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    const surfaced = await open(page, site, atStart)
    await page.evaluate(`void (tracing = startTracing({ service: 'crm', apis: ['/api/'], ...(${options})() }))`)
    if (later) await page.evaluate(later)
    expect(await live(page)).toEqual([200, 200, [200, 'a'], true])
    shows(await page.evaluate(() => window.tracing.diagnostics()), said)
    await page.evaluate(() => window.tracing.stop())
    expect(surfaced).toEqual([])
    const asked = site.requests.all.map(({ path }) => path).filter((path) => path.startsWith('/api/'))
    expect(asked).toEqual(['/api/a', '/api/b', '/api/c'])
  })
}

/** @returns the errors that surface in the page */
async function open(page: Page, site: Site, atStart: (() => void) | undefined): Promise<string[]> {
  const surfaced: string[] = []
  await page.goto(site.origin)
  await page.exposeFunction('surface', (error: string) => surfaced.push(error))
  await page.evaluate(() => {
    const { surface } = window as unknown as { surface(error: string): void }
    addEventListener('error', ({ message }) => surface(message))
    addEventListener('unhandledrejection', ({ reason }) => surface(String(reason)))
  })
  if (atStart) await page.evaluate(atStart)
  return surfaced
}
