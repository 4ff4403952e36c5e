/** Promises, in the turns in which they settle. */
export async function settle(): Promise<unknown> {
  const order: unknown[] = []
  const note = (name: string) => () => void order.push(name)
  class Own<T> extends Promise<T> {}
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: that is what it is about
    then(...args: unknown[]) {
      order.push(['thenable', args.length])
      setTimeout(args[0] as () => void, 0, 'of the thenable')
    },
  }
  const later = new Promise((resolve) => setTimeout(resolve, 1, 'later'))
  const all = [
    (async () => {
      for (const turn of ['1', '2', '3']) {
        await null
        note(`turn ${turn}`)()
      }
      return later
    })(),
    Promise.resolve().then(note('then 1')).then(note('then 2')).finally(note('finally')),
    Promise.resolve(later).then(note('later')),
    later.then(note('later as well')),
    later.then(async () => note('in a reaction')()),
    (async () => {
      await later
      note('awaited later')()
      order.push(await (thenable as unknown as Promise<string>))
    })(),
    Own.resolve('own').then((value) => order.push(value)),
    Promise.any([Promise.reject('refused'), later]),
    Promise.race([later, new Promise(() => {})]),
  ]
  order.push(await Promise.all(all))
  order.push(await Promise.allSettled([later, Promise.reject('settled')]))
  return [order, Own.resolve().then() instanceof Own, later.constructor === Promise, Promise.resolve(later) === later]
}

/** Rejections that nobody handles, or only later, each told once and of the very promise. */
export async function surface(): Promise<unknown> {
  const seen: unknown[] = []
  const mine = new RangeError('mine')
  /** Nobody waits as long, but where it never comes. */
  const MOST_MS = 3000
  let wake = () => {}
  let failing: Promise<unknown> = Promise.resolve()
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault()
    // A request's own is told of another promise, see docs/decisions.md.
    seen.push([event.type, event.reason === mine ? event.promise === failing : String(event.reason)])
    wake()
  }
  const types = ['unhandledrejection', 'rejectionhandled'] as const
  const isTold = async (act: () => unknown) => {
    const told = new Promise<boolean>((resolve) => {
      wake = () => resolve(true)
      setTimeout(resolve, MOST_MS, false)
    })
    act()
    if (!(await told)) seen.push('never told')
    // Handled in this very turn it would not have been unhandled; a timer is slow where nobody sees the page.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port2.onmessage = resolve
      port1.postMessage('next turn')
    })
  }
  for (const type of types) addEventListener(type, note)
  const fail: (() => Promise<unknown>)[] = [
    () => Promise.reject(mine),
    async () => {
      await null
      throw mine
    },
    () => new Promise((_resolve, reject) => setTimeout(reject, 1, mine)),
  ]
  for (const each of fail) {
    await isTold(() => {
      failing = each()
    })
    await isTold(() => void failing.catch(() => {}))
  }
  await isTold(() => void fetch('http://127.0.0.1:1/nobody'))
  await Promise.reject(mine).catch(() => seen.push('handled'))
  // What should not come, or not twice, has had its time.
  await new Promise((resolve) => setTimeout(resolve, 5))
  for (const type of types) removeEventListener(type, note)
  return seen
}

/** What can be kept, and how the browser says that nothing can. */
export async function store(): Promise<unknown> {
  const attempt = async (act: () => unknown) => {
    try {
      return await act()
    } catch (error) {
      return [error instanceof DOMException, (error as Error).name, (error as Error).message]
    }
  }
  const keep = (name: 'localStorage' | 'sessionStorage') => () => {
    const storage = window[name]
    storage.setItem('own', 'kept')
    const kept = [storage.getItem('own'), storage.own, 'own' in storage, storage.getItem('other')]
    storage.removeItem('own')
    return [...kept, storage.getItem('own'), Object.getPrototypeOf(storage) === Storage.prototype]
  }
  return [
    await attempt(keep('localStorage')),
    await attempt(keep('sessionStorage')),
    await attempt(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: what pages do
      document.cookie = 'own=kept'
      const kept = document.cookie
      // biome-ignore lint/suspicious/noDocumentCookie: what pages do
      document.cookie = 'own=; max-age=0'
      return [kept, document.cookie]
    }),
    await attempt(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('own')
          const seen: string[] = []
          opening.onupgradeneeded = ({ type }) => seen.push(type)
          opening.addEventListener('upgradeneeded', () => seen.push('upgradeneeded as well'))
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = function () {
            opening.result.close()
            indexedDB.deleteDatabase('own')
            resolve([...seen, this === opening])
          }
        }),
    ),
  ]
}
