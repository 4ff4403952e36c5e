import { compare } from '../support/compare'
import { test } from '../support/test'

/** A reaction of ours to a promise would make the browser believe that its rejection is handled. */
const CASES: Record<string, () => unknown> = {
  'a rejection that nobody handles surfaces once, however it came about': async () => {
    const seen: string[] = []
    const { promise: all, resolve } = Promise.withResolvers<void>()
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      seen.push(`${event.reason} ${event.promise instanceof Promise}`)
      if (event.reason === 'last') setTimeout(resolve)
    })
    const later = () => new Promise((_resolve, reject) => setTimeout(reject, 1, 'pending'))
    Promise.reject('plain')
    ;(async () => {
      await null
      throw 'async'
    })()
    later()
    Promise.reject('then').then(() => {})
    Promise.all([Promise.reject('all'), later().catch(() => {})])
    setTimeout(() => setTimeout(() => Promise.reject('last'), 5), 5)
    await all
    return seen.sort()
  },
  'a rejection of a promise that was only passed to Promise.resolve surfaces': async () => {
    const { promise: told, resolve } = Promise.withResolvers<unknown>()
    let rejected: Promise<unknown> | undefined
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      resolve([event.reason, event.promise === rejected])
    })
    rejected = new Promise((_resolve, reject) => setTimeout(reject, 1, 'of the page'))
    Promise.resolve(rejected)
    return Promise.race([told, new Promise((resolve) => setTimeout(resolve, 200, 'nothing'))])
  },
  'a rejection that is handled does not surface, one handled late is told': async () => {
    const seen: string[] = []
    const { promise: told, resolve } = Promise.withResolvers<unknown>()
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      seen.push(`unhandled ${event.reason}`)
      setTimeout(() => late.catch(() => {}))
    })
    addEventListener('rejectionhandled', (event) => {
      seen.push(`handled ${event.reason}`)
      resolve(seen)
    })
    await Promise.reject('awaited').catch(() => {})
    await Promise.allSettled([Promise.reject('settled')])
    try {
      await new Promise((_resolve, reject) => setTimeout(reject, 1, 'caught'))
    } catch {}
    const late = Promise.reject('late')
    return told
  },
}

for (const [name, look] of Object.entries(CASES)) {
  test(`the page notices nothing: ${name}`, async ({ page, site }) => {
    await compare(page, site, look)
  })
}
