import { expect, type Locator, type Page } from '@playwright/test'
import { manyAddress, startManyOrders } from '../support/many-orders'
import { dayAddress } from '../support/order-store'
import { analystTest as test } from './support/analyst'

test.use({ locale: 'en-GB', timezoneId: 'UTC' })

const open = async (page: Page, address: string) => {
  await page.goto(address)
  await expect(page.locator('.key-figures, .verdict')).toBeVisible()
}

/** Presses Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let pressed = 0; pressed < 150; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${target} cannot be reached by ${key}`)
}

test('works with the keyboard alone: past the controls, a number looked for, a trace opened and closed', async ({
  analyst,
  page,
}) => {
  await open(page, analyst.url + dayAddress)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'To the figures' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  const row = page.locator('tr.order').first()
  await tabTo(page, row.getByRole('button', { name: /^Open/ }))
  await page.keyboard.press('Enter')
  const trace = page.getByRole('table', { name: /^The trace/ })
  await expect(trace).toBeVisible()
  await tabTo(page, row.getByRole('button', { name: /^Close/ }), 'Shift+Tab')
  await page.keyboard.press('Space')
  await expect(trace).toBeHidden()
  await expect(row.getByRole('button', { name: /^Open/ })).toBeFocused()
  await expect(row.getByRole('button', { name: /^Open/ })).toHaveAttribute('aria-expanded', 'false')
  await tabTo(page, row.getByRole('button', { name: /^o-/ }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^Order o-/ })).toBeFocused()
  await tabTo(page, page.getByRole('searchbox', { name: 'Order or user' }), 'Shift+Tab')
  await page.keyboard.type('o-87')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Order o-87' })).toBeFocused()
})

test('what the end had to wait for is said of each line of a trace, not only drawn', async ({ analyst, page }) => {
  await open(page, `${analyst.url}${dayAddress}&trace=${(69).toString(16).padStart(32, '0')}`)
  const trace = page.getByRole('table', { name: /^The trace/ })
  await expect(trace.getByRole('row', { name: /PutObject.* waited for: 3\.04s$/ })).toBeVisible()
  await expect(trace.getByRole('row', { name: /mes-api process.* not waited for$/ })).toBeVisible()
})

test('what is read aloud of the progress changes seldom, however often the page draws it', async ({
  analystOf,
  page,
}) => {
  const jaeger = await startManyOrders(3000)
  const { url } = await analystOf(jaeger.url)
  await page.addInitScript(() => {
    const [told, drawn] = [new Set<string>(), new Set<string>()]
    Object.assign(window, { told, drawn })
    new MutationObserver(() => {
      told.add(document.querySelector('.reading [role=status]')?.textContent ?? '')
      drawn.add(document.querySelector('.reading [aria-hidden]')?.textContent ?? '')
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
  await page.goto(url + manyAddress(3000))
  await expect(page.getByText('3,000 orders: all of this time.')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('progressbar')).toBeHidden({ timeout: 60_000 })
  const [told, drawn] = await page.evaluate(() => {
    const { told, drawn } = window as unknown as Record<'told' | 'drawn', Set<string>>
    return [told.size, drawn.size]
  })
  expect(drawn).toBeGreaterThan(5)
  expect(told).toBeLessThan(drawn)
  await jaeger.stop()
})

test('everything that can be pressed or filled has a name, every table and picture too', async ({ analyst, page }) => {
  for (const more of ['', '&order=o-87']) {
    await open(page, `${analyst.url}${dayAddress}${more}&trace=${(61).toString(16).padStart(32, '0')}`)
    for (const details of await page.locator('details').all())
      await details.evaluate((element) => element.setAttribute('open', ''))
    const tree = await page.locator('body').ariaSnapshot()
    const nameless = tree
      .split('\n')
      .filter((line) =>
        /- (button|link|combobox|textbox|searchbox|spinbutton|img|progressbar|columnheader|table|figure|heading)(?! ")(:|$| \[)/.test(
          line,
        ),
      )
    expect(nameless).toEqual([])
    expect(tree).toMatch(/- heading "(Slow orders|Order o-87)" \[level=1\]/)
  }
})

test('speaks Russian and English, by the browser, the choice and the address', async ({ analyst, browser }) => {
  const context = await browser.newContext({ locale: 'ru-RU' })
  const page = await context.newPage()
  await open(page, analyst.url + dayAddress)
  const language = () => page.evaluate(() => [document.documentElement.lang, document.title])
  expect(await language()).toEqual(['ru', 'Медленные заказы'])
  // What is left in Latin letters are names: of services, of Jaeger, of what an attribute holds.
  const words = await page.locator('main').innerText()
  const latin = words.match(/[A-Za-z][A-Za-z-]{2,}/g) ?? []
  const names = /^(internet-shop|crm|shop-db|shop-api|API|CSV|d-files|channel|partner|order|not|saved|Jaeger|u-|o-)/
  expect(latin.filter((word) => !names.test(word))).toEqual([])
  await page.getByRole('button', { name: 'English' }).click()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Slow orders', exact: true })).toBeVisible()
  expect(await language()).toEqual(['en', 'Slow orders'])
  await page.goto(`${analyst.url}${dayAddress}&lang=ru`)
  await expect(page.getByRole('heading', { name: 'Медленные заказы', exact: true })).toBeVisible()
  await context.close()
})

/** The lowest contrast of a text to what is behind it, as WCAG counts it. */
async function findLowContrast(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const read = (colour: string): number[] => {
      if (!canvas) return []
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = colour
      canvas.fillRect(0, 0, 1, 1)
      return [...canvas.getImageData(0, 0, 1, 1).data]
    }
    const light = ([r = 0, g = 0, b = 0]: number[]) => {
      const part = (value: number) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }
    const behind = (element: Element | null): number[] => {
      for (let at = element; at; at = at.parentElement) {
        const colour = read(getComputedStyle(at).backgroundColor)
        if (colour[3] === 255) return colour
      }
      return [255, 255, 255]
    }
    const texts = [...document.querySelectorAll('body *')].filter(
      (element) =>
        element.checkVisibility() &&
        !element.matches('.unseen, .unseen *, .skip, option, canvas') &&
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
    )
    return texts.flatMap((element) => {
      const [a, b] = [light(read(getComputedStyle(element).color)), light(behind(element))]
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      return contrast < 4.5 ? [`${element.textContent?.slice(0, 40)}: ${contrast.toFixed(2)}`] : []
    })
  })
}

test('every text can be read, light and dark, and nothing is wider than the screen', async ({
  analyst,
  page,
  complaints,
}, testInfo) => {
  const trace = `&trace=${(61).toString(16).padStart(32, '0')}`
  const backgrounds = new Set<string>()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const more of [trace, '&order=o-87', '&order=o-61', '&service=mes-ui']) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto(analyst.url + dayAddress + more)
      // The last to come: a text that is not there yet has any contrast.
      const last = more === trace ? '.waterfall' : '.verdict, .empty'
      await expect(page.locator(last).first()).toBeVisible()
      expect(await findLowContrast(page), colorScheme + more).toEqual([])
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 })
        const over = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        // Charts follow the window a frame later.
        await expect.poll(over, `${more} at ${width}`).toBeLessThanOrEqual(0)
        if (width === 320) continue
        const body = await page.screenshot({ fullPage: true })
        await testInfo.attach(`${colorScheme}-${width}${more}`, { body, contentType: 'image/png' })
      }
    }
    backgrounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor))
  }
  expect(backgrounds.size).toBe(2)
  expect(complaints).toEqual([])
})
