import { expect, type Page, test } from '@playwright/test'
import { refusals } from '../../demo/shop-api/api-error'
import { type FakeShop, startFakeShop } from './support/fake-shop'

let shop: FakeShop

test.beforeEach(async ({ page }) => {
  shop = await startFakeShop()
  await page.goto(`${shop.url}/account`)
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Новая учётная запись')
})
test.afterEach(() => shop.stop())

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true }).filter({ visible: true })
const refuse = (path: string, code: keyof typeof refusals) => {
  const [status, message] = refusals[code]
  shop.answers.set(`POST ${path}`, { status, body: { error: { code, message } } })
}

test('the form of a new account is filled in by the keyboard alone, and sent as JSON', async ({ page }) => {
  shop.answers.set('POST /api/account', { status: 201, body: { userId: 'u-7', login: 'anna' } })
  await field(page, 'Логин').focus()
  await page.keyboard.type('anna')
  await page.keyboard.press('Tab')
  await page.keyboard.type('long enough')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('login')).toHaveText('anna')
  await expect(page.getByRole('heading', { level: 2 })).toBeFocused()
  const sent = shop.requests.find(({ path }) => path === '/api/account')
  const post = shop.requests.find(({ method, path }) => method === 'POST' && path === '/api/account')
  expect(sent?.method).toBe('GET')
  expect(post?.headers['content-type']).toBe('application/json')
  expect(JSON.parse(post?.body ?? '')).toEqual({ login: 'anna', password: 'long enough' })
  // What was typed stays nowhere in the page.
  expect(
    await page
      .locator('input[type=password]')
      .evaluateAll((all) => all.map((input) => 'value' in input && input.value)),
  ).toEqual(['', ''])
})

test('password managers are told which field is which', async ({ page }) => {
  await expect(field(page, 'Логин')).toHaveAttribute('autocomplete', 'username')
  await expect(field(page, 'Пароль')).toHaveAttribute('autocomplete', 'new-password')
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Вход')
  await expect(field(page, 'Логин')).toBeFocused()
  await expect(field(page, 'Логин')).toHaveAttribute('autocomplete', 'username')
  await expect(field(page, 'Пароль')).toHaveAttribute('autocomplete', 'current-password')
  for (const form of await page.locator('form').all()) await expect(form).toHaveAttribute('method', 'post')
})

const SIGN_UP = [
  ['login_invalid', 'Логин', 'Логин: от 3 до 64 знаков, без пробелов.'],
  ['login_taken', 'Логин', 'Этот логин занят. Выберите другой.'],
  ['password_weak', 'Пароль', 'Пароль: от 8 до 200 знаков, и не такой же, как логин.'],
] as const
test('a refusal of a new account leads to the field that it is about', async ({ page }) => {
  for (const [code, label, words] of SIGN_UP) {
    refuse('/api/account', code)
    await page.getByRole('button', { name: 'Создать' }).click()
    await expect(page.getByRole('alert'), code).toHaveText(words)
    await expect(field(page, label), code).toBeFocused()
    await expect(field(page, label), code).toHaveAttribute('aria-invalid', 'true')
    await expect(field(page, label), code).toHaveAccessibleDescription(new RegExp(words.slice(0, 20)))
  }
  await expect(field(page, 'Логин')).toHaveAttribute('aria-invalid', 'false')
})

test('a refused login is told in the language of the page, also when that changes', async ({ page }) => {
  await page.getByRole('button', { name: 'Войти' }).click()
  await field(page, 'Логин').fill('anna')
  await field(page, 'Пароль').fill('wrong')
  refuse('/api/login', 'login_failed')
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page.getByRole('alert')).toHaveText('Логин или пароль не подошли.')
  await expect(field(page, 'Пароль')).toBeFocused()
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('alert')).toHaveText('The login or the password is wrong.')
  await expect(field(page, 'Login')).toHaveValue('anna')
  // One that is about no field is shown itself.
  refuse('/api/login', 'too_many_attempts')
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('alert')).toHaveText('Too many wrong passwords. Please try again in a minute.')
  await expect(page.getByRole('alert')).toBeFocused()
  await expect(page.getByRole('button', { name: 'Log in' })).toBeEnabled()
})

test('a customer who is logged in sees his login, and can log out', async ({ page }) => {
  shop.answers.set('GET /api/account', { status: 200, body: { userId: 'u-7', login: 'anna@mail.example' } })
  await page.reload()
  await expect(page.getByTestId('login')).toHaveText('anna@mail.example')
  await expect(page.locator('form').first()).toBeHidden()
  const logOut = page.getByRole('button', { name: 'Выйти' })
  await logOut.click()
  await expect(page.getByRole('alert')).toHaveText('По этому адресу ничего нет.')
  await expect(page.getByRole('alert')).toBeFocused()
  await expect(logOut).toBeEnabled()
  shop.answers.set('POST /api/logout', { status: 200, body: {} })
  shop.answers.set('POST /api/session', { status: 201, body: { userId: 'u-8' } })
  await logOut.click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Вход')
  await expect(field(page, 'Логин')).toBeFocused()
})

test('every page leads to the account', async ({ page }) => {
  for (const path of ['/', '/order?product=ring-dawn', '/orders', '/orders/o-42', '/nowhere']) {
    await page.goto(shop.url + path)
    await expect(page.getByRole('link', { name: 'Кабинет' }), path).toHaveAttribute('href', '/account')
  }
  await page.getByRole('link', { name: 'Кабинет' }).click()
  await expect(page.getByRole('link', { name: 'Кабинет' })).toHaveAttribute('aria-current', 'page')
})

test('a page that the browser kept asks who is there before it shows what it has', async ({ page }) => {
  await page.goto(`${shop.url}/orders`)
  await expect(page.getByTestId('order')).toHaveCount(1)
  shop.answers.set('POST /api/session', { status: 200, body: { userId: 'u-8' } })
  shop.answers.set('GET /api/orders', { status: 200, body: [] })
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(page.getByRole('link', { name: 'Выбрать украшение' })).toBeVisible()
  await expect(page.getByTestId('order')).toHaveCount(0)
})
