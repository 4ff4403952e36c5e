import type { ServerResponse } from 'node:http'
import { expect } from '@playwright/test'
import { answerJson, startAnswering } from '../support/answering-server'
import { dayAddress } from '../support/order-store'
import { toExportRequest } from '../support/otlp-of-trace'
import { makeCheckout } from '../support/traces'
import { analystTest } from './support/analyst'

/** A Jaeger whose answer to a search the test decides, at any time. */
interface TestJaeger {
  url: string
  /** Which services there are, and their operations. */
  choices(response: ServerResponse): void
  search(url: URL, response: ServerResponse): void
}

const test = analystTest.extend<{ jaeger: TestJaeger }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  jaeger: async ({}, use) => {
    const jaeger: TestJaeger = {
      url: '',
      choices: (response) => answerJson(response, 200, { services: [], operations: [] }),
      search: (_url, response) => answerNone(response),
    }
    const server = await startAnswering((url, response) => {
      if (url.pathname.endsWith('/traces')) return jaeger.search(url, response)
      if (url.pathname.startsWith('/api/v3/traces/')) return answerNone(response)
      jaeger.choices(response)
    })
    jaeger.url = server.url
    await use(jaeger)
    await server.stop()
  },
})
test.use({ locale: 'en-GB', timezoneId: 'UTC' })

function answerNone(response: ServerResponse): void {
  answerJson(response, 404, { error: { httpCode: 404, message: 'No traces found' } })
}

/** So many orders, in the hour before the day's end. */
function answerOrders(response: ServerResponse, count: number): void {
  const traces = Array.from({ length: count }, (_, index) => makeCheckout({ id: index + 1, at: 1000 * index }))
  answerJson(response, 200, { result: toExportRequest(traces) })
}

test('says that it asks, how far it is, and what is missing when it is stopped', async ({
  jaeger,
  analystOf,
  page,
}) => {
  const held: ServerResponse[] = []
  jaeger.search = (_url, response) => held.push(response)
  const nextHeld = (count: number) => expect.poll(() => held.length).toBe(count)
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  await expect(page.getByRole('status')).toHaveText('Asking Jaeger…')
  await nextHeld(1)
  answerOrders(held[0] as ServerResponse, 7)
  await nextHeld(2)
  await expect(page.getByText('Reading: 50%, 7 orders so far. The figures below grow.').first()).toBeVisible()
  await expect(page.getByRole('progressbar')).toHaveAttribute('value', '0.5')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('status')).toHaveText('Stopped: the figures are of what was read.')
  await expect(
    page.getByText(/7 orders, the newest, since 2 Mar 2026, 09:00; older ones are not in the figures/),
  ).toBeVisible()
  await expect(page.locator('.key-figures')).toContainText('orders7')
  await expect(page.getByRole('progressbar')).toBeHidden()
  await page.getByRole('button', { name: 'Go on' }).click()
  await nextHeld(3)
  // The rest alone: up to where it was left.
  answerOrders(held[2] as ServerResponse, 9)
  await expect(page.getByText('9 orders: all of this time.', { exact: true })).toBeVisible()
})

test('stopped before anything was read it says so, and nothing is asked any more', async ({
  jaeger,
  analystOf,
  page,
}) => {
  const held: ServerResponse[] = []
  jaeger.search = (_url, response) => held.push(response)
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  await expect.poll(() => held.length).toBe(1)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('status')).toHaveText('Stopped: nothing was read yet.')
  jaeger.search = (_url, response) => answerOrders(response, 3)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('3 orders: all of this time.', { exact: true })).toBeVisible()
})

test('a failure in the middle keeps what was read, says why, and goes on from there', async ({
  jaeger,
  analystOf,
  page,
}) => {
  const asked: string[] = []
  jaeger.search = (url, response) => {
    asked.push(url.searchParams.get('query.startTimeMax') ?? '')
    if (asked.length === 1) answerOrders(response, 7)
    else answerJson(response, 500, { error: { httpCode: 500, message: 'no storage left' } })
  }
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('Jaeger has a failure')
  await expect(alert).toContainText('no storage left')
  await expect(page.locator('.key-figures')).toContainText('orders7')
  await expect(page.getByText(/7 orders, the newest, since 2 Mar 2026, 09:00/)).toBeVisible()
  await expect(page.getByRole('progressbar')).toBeHidden()
  jaeger.search = (url, response) => {
    asked.push(url.searchParams.get('query.startTimeMax') ?? '')
    answerOrders(response, 12)
  }
  const failedAt = asked.length
  await alert.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('12 orders: all of this time.', { exact: true })).toBeVisible()
  await expect(alert).toBeHidden()
  // Not from the start again.
  expect(asked[failedAt]).toBe(asked[1])
  expect(asked[failedAt]).not.toBe(asked[0])
})

test('a time is typed in peace while the figures grow, and taken when it is complete', async ({
  jaeger,
  analystOf,
  page,
}) => {
  const held: ServerResponse[] = []
  jaeger.search = (url, response) => {
    if (url.searchParams.get('query.startTimeMax')?.startsWith('2026-03-02T10:')) held.push(response)
    else answerNone(response)
  }
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })]
  await expect(from).toHaveValue('2026-03-02T08:00')
  const address = page.url()
  await from.focus()
  await page.keyboard.press('Backspace')
  const isHalf = () => from.evaluate((field: HTMLInputElement) => field.validity.badInput)
  expect(await isHalf()).toBe(true)
  await expect.poll(() => held.length).toBe(1)
  answerOrders(held[0] as ServerResponse, 7)
  await expect(page.locator('.key-figures')).toContainText('orders7')
  expect(await isHalf()).toBe(true)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  // The month or the day, by the browser's language; not taken with each digit.
  await page.keyboard.type('04')
  const typed = await from.inputValue()
  expect(typed).toMatch(/^2026-(04-02|03-04)T08:00$/)
  expect(page.url()).toBe(address)
  const alert = page.getByRole('alert')
  // Nor on the way to the other end of the time.
  await to.focus()
  await from.focus()
  await expect(alert).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(alert).toHaveText('Both times have to be complete, and “From” before “To”.')
  await expect(from).toHaveAttribute('aria-invalid', 'true')
  expect(page.url()).toBe(address)
  // From the calendar, which no key was pressed for.
  await to.fill('2026-05-04T10:00')
  await expect(alert).toBeHidden()
  await expect
    .poll(() => [...new URL(page.url()).searchParams])
    .toEqual([
      ['from', `${typed}:00.000Z`],
      ['to', '2026-05-04T10:00:00.000Z'],
    ])
  await page.goBack()
  await expect(from).toHaveValue('2026-03-02T08:00')
  await expect(to).toHaveValue('2026-03-02T10:00')
})

test('a time to compare with that cannot be read is a note, and takes nothing from the figures', async ({
  jaeger,
  analystOf,
  page,
}) => {
  const earlier = (url: URL) => (url.searchParams.get('query.startTimeMax') ?? '') <= '2026-03-02T08:00'
  jaeger.search = (url, response) => {
    if (earlier(url)) answerJson(response, 500, { error: { httpCode: 500, message: 'no storage left' } })
    else answerOrders(response, 7)
  }
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  const note = page.getByText(/The time to compare with could not be read to its end: .*no storage left/)
  await expect(note).toBeVisible()
  await expect(page.getByText('7 orders: all of this time.', { exact: true })).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
  jaeger.search = (url, response) => (earlier(url) ? answerNone(response) : answerOrders(response, 7))
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(note).toBeHidden()
})

test('what an earlier question brings late is not shown under the next', async ({ jaeger, analystOf, page }) => {
  const held: { url: URL; response: ServerResponse }[] = []
  jaeger.search = (url, response) => held.push({ url, response })
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  await expect.poll(() => held.length).toBe(1)
  answerOrders(held[0]?.response as ServerResponse, 7)
  await expect(page.locator('.key-figures')).toContainText('orders7')
  await page.getByRole('searchbox').fill('u-3')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Only orders of u-3')).toBeVisible()
  await expect(page.locator('.key-figures')).toBeHidden()
  const own = () => held.filter(({ url }) => url.search.includes('u-3'))
  await expect.poll(() => own().length).toBe(1)
  for (const { url, response } of held.slice(1)) if (!url.search.includes('u-3')) answerOrders(response, 9)
  answerJson(own()[0]?.response as ServerResponse, 200, { result: toExportRequest([makeCheckout({ id: 3 })]) })
  await expect.poll(() => own().length).toBe(2)
  await expect(page.locator('.key-figures')).toContainText('orders1')
})

test('a trace that cannot be read is told in its place, and can be asked for again', async ({ analystOf, page }) => {
  let isBroken = true
  const traces = [makeCheckout({ id: 1 })]
  const server = await startAnswering((url, response) => {
    if (url.pathname.endsWith('/traces')) return answerOrders(response, 1)
    if (!url.pathname.startsWith('/api/v3/traces/')) return answerJson(response, 200, { services: [], operations: [] })
    if (isBroken) answerJson(response, 500, { error: { httpCode: 500, message: 'no storage left' } })
    else answerJson(response, 200, { result: toExportRequest(traces) })
  })
  const { url } = await analystOf(server.url)
  await page.goto(url + dayAddress)
  await page.locator('#slowest').getByRole('button', { name: /^Open/ }).click()
  const alert = page.locator('#slowest').getByRole('alert')
  await expect(alert).toContainText('no storage left')
  isBroken = false
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table', { name: /^The trace/ })).toBeVisible()
  await server.stop()
})

test('a page whose worker cannot be loaded says so', async ({ jaeger, analystOf, page }) => {
  const { url } = await analystOf(jaeger.url)
  await page.route('**/worker.js', (route) => route.fulfill({ status: 404 }))
  await page.goto(url + dayAddress)
  await expect(page.getByRole('alert')).toContainText('The worker of this page could not be loaded.')
})

test('says so when there is no order', async ({ jaeger, analystOf, page }) => {
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  await expect(page.getByRole('heading', { name: 'No order in this time' })).toBeVisible()
  await expect(page.getByText('Choose a longer time or another step')).toBeVisible()
})

for (const [what, status, body, title, told] of [
  [
    'has a failure',
    500,
    { error: { httpCode: 500, message: 'no storage left' } },
    'Jaeger has a failure',
    'no storage left',
  ],
  [
    'may not be read by this account',
    403,
    { error: { message: 'no role' } },
    'Not for this account',
    'Ask the head of support',
  ],
  ['wants a login', 401, { error: { message: 'log in' } }, 'Your session has ended', 'Load the page again'],
  ['refuses the question', 400, { error: { message: 'too long ago' } }, 'Jaeger refuses the question', 'too long ago'],
  ['is none', 200, '<!doctype html><title>Shop</title>', 'This is no Jaeger', 'not the query API'],
] as const) {
  test(`a Jaeger that ${what} is told in words, with what to do`, async ({ jaeger, analystOf, page }) => {
    jaeger.search = (_url, response) => {
      if (typeof body === 'string') response.writeHead(status).end(body)
      else answerJson(response, status, body)
    }
    const { url } = await analystOf(jaeger.url)
    await page.goto(url + dayAddress)
    const alert = page.getByRole('alert')
    await expect(alert.getByRole('heading')).toHaveText(title)
    await expect(alert).toContainText(told)
    jaeger.search = (_url, response) => answerOrders(response, 3)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText('3 orders: all of this time.', { exact: true })).toBeVisible()
    await expect(alert).toBeHidden()
  })
}

test('what is being typed is not lost when the figures grow meanwhile', async ({ jaeger, analystOf, page }) => {
  const held: ServerResponse[] = []
  jaeger.search = (_url, response) => held.push(response)
  const nextHeld = (count: number) => expect.poll(() => held.length).toBe(count)
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  await nextHeld(1)
  answerOrders(held[0] as ServerResponse, 7)
  await nextHeld(2)
  await expect(page.locator('.key-figures')).toContainText('orders7')
  const threshold = page.getByRole('spinbutton', { name: 'Slow is longer than' })
  await threshold.fill('2500')
  answerOrders(held[1] as ServerResponse, 9)
  await expect(page.locator('.key-figures')).toContainText('orders9')
  await expect(threshold).toHaveValue('2500')
  await threshold.press('Enter')
  await expect(page).toHaveURL(/slower=2500/)
  // What was typed and taken back does not hide where Back leads.
  await threshold.fill('3000')
  await threshold.fill('2500')
  await threshold.blur()
  await page.goBack()
  await expect(page).not.toHaveURL(/slower/)
  await expect(threshold).toHaveValue('')
})

test('what steps there are is missing by itself, and not told besides where nothing can be read', async ({
  jaeger,
  analystOf,
  page,
}) => {
  jaeger.choices = (response) => answerJson(response, 403, { error: { message: 'no role' } })
  jaeger.search = (_url, response) => answerOrders(response, 3)
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  await expect(page.getByText('3 orders: all of this time.', { exact: true })).toBeVisible()
  const missing = page.getByText(/^Which other steps there are could not be read/)
  await expect(missing).toBeVisible()
  jaeger.search = (_url, response) => answerJson(response, 403, { error: { message: 'no role' } })
  await page.reload()
  await expect(page.getByRole('alert').getByRole('heading')).toHaveText('Not for this account')
  await expect(missing).toBeHidden()
})

test('a Jaeger that is gone is told, and a trace that is gone', async ({ jaeger, analystOf, page }) => {
  jaeger.search = (_url, response) => answerOrders(response, 3)
  const { url } = await analystOf(jaeger.url)
  await page.goto(`${url}${dayAddress}&trace=${'b'.repeat(32)}`)
  await expect(page.getByText('This trace is not there any more.')).toBeVisible()
  const gone = await analystOf('http://127.0.0.1:1')
  await page.goto(gone.url + dayAddress)
  await expect(page.getByRole('alert')).toContainText('http://127.0.0.1:1 does not answer (ECONNREFUSED)')
})

test('where no order was confirmed there is no duration to speak of, and what went wrong is told all the same', async ({
  jaeger,
  analystOf,
  page,
}) => {
  jaeger.search = (_url, response) => {
    const traces = [makeCheckout({ outcome: 'failed', failed: 'files', message: 'none' })]
    answerJson(response, 200, { result: toExportRequest(traces) })
  }
  const { url } = await analystOf(jaeger.url)
  await page.goto(url + dayAddress)
  await expect(page.getByText('1 order: all of this time.', { exact: true })).toBeVisible()
  await expect(page.locator('.key-figures div', { hasText: 'median' })).toHaveText(/^median–/)
  await expect(page.locator('.causes li')).toHaveText([/failed: file storage 3d-files/])
  await expect(page.getByRole('row', { name: /failed model_not_stored 1/ })).toBeVisible()
})
