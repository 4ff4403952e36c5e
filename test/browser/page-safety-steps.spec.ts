import { bundle } from '../support/bundle'
import { expect, isOrder, test } from '../support/test'

test('a step gives back the very promise that its function returned, with what a library hung on it', async ({
  traced,
  site,
}) => {
  const page = await traced()
  await page.addScriptTag({ content: await bundle(`import ky from 'ky'\nObject.assign(window, { ky })`) })
  const seen = await page.evaluate(() =>
    window.tracing.order('submit', async (order) => {
      const { ky } = window as unknown as { ky: { get(url: string): Promise<Response> } }
      const url = `${location.origin}/api/ky`
      let given: Promise<Response> | undefined
      const promise = order.step('get', () => {
        given = ky.get(url)
        return given
      })
      const { id } = await (order.step('read', () => ky.get(url)) as unknown as Response).json()
      await promise
      return [promise === given, id]
    }),
  )
  expect(seen).toEqual([true, 'o-42'])
  await site.spans.find(isOrder('submit.read'), 'the step')
})

test('a step of a thenable gives it back, has it run once, where its operation is, and ends when it settles', async ({
  traced,
  site,
}) => {
  let answer = () => {}
  site.on('/api/lazy-step', (_request, response) => {
    answer = () => void response.end('{}')
  })
  const page = await traced({ sampleRatio: 0 })
  await page.evaluate(() => {
    // A query builder sends when it is waited for, and again when it is waited for again.
    const lazy = (path: string) => ({
      // biome-ignore lint/suspicious/noThenProperty: the page's thenable is what is tested
      then: (onFulfilled?: (value: number) => unknown, onRejected?: (error: unknown) => unknown) =>
        fetch(path)
          .then(({ status }) => status)
          .then(onFulfilled, onRejected),
    })
    const seen: unknown[] = []
    const done = window.tracing.order('submit', async (order) => {
      const given = lazy('/api/lazy-step')
      const thenable = order.step('query', () => given)
      seen.push(thenable === given, await thenable)
      await order.step('frozen', () => Object.freeze(lazy('/api/frozen-step')))
      seen.push(await window.tracing.order('whole', () => lazy('/api/lazy-order') as PromiseLike<number>))
    })
    Object.assign(window, { done, seen })
  })
  await site.requests.find(({ path }) => path === '/api/lazy-step', 'the request of the step')
  answer()
  const seen = await page.evaluate(async () => {
    const { done, seen } = window as unknown as { done: Promise<void>; seen: unknown[] }
    await done
    await window.tracing.flush()
    return [...seen, window.tracing.diagnostics().failures]
  })
  expect(seen).toEqual([true, 200, 200, {}])
  const sent = site.requests.all.filter(({ path }) => path.startsWith('/api/'))
  expect(sent.map(({ path }) => path)).toEqual(['/api/lazy-step', '/api/frozen-step', '/api/lazy-order'])
  const named = (name: string) => site.spans.all.find((span) => span.name === name)
  const request = site.spans.all.find(({ attributes }) => String(attributes['url.full']).endsWith('/api/lazy-step'))
  expect(named('order.submit.query')?.endTime).toBeGreaterThanOrEqual(request?.endTime ?? Number.POSITIVE_INFINITY)
  expect(sent[2]?.headers.traceparent).toContain(String(named('order.whole')?.traceId))
})

test('a step’s rejection that nobody handles surfaces, and one that somebody handles does not', async ({
  traced,
  site,
}) => {
  const page = await traced()
  const seen = await page.evaluate(async () => {
    const surfaced: unknown[] = []
    const { promise: told, resolve } = Promise.withResolvers<void>()
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      surfaced.push(event.reason)
      setTimeout(resolve, 50)
    })
    await window.tracing.order('submit', async (order) => {
      await order.step('caught', () => Promise.reject('handled')).catch(() => {})
      order.step('dropped', () => Promise.reject('dropped'))
    })
    await told
    await window.tracing.flush()
    return surfaced
  })
  expect(seen).toEqual(['dropped'])
  for (const name of ['caught', 'dropped'])
    expect(site.spans.all.find(isOrder(`submit.${name}`))?.status.code, name).toBe('error')
})
