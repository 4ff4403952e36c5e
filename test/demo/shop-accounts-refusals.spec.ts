import { createCredentials, post, sendCredentials } from './support/account'
import { createCustomer, createDevice } from './support/customer'
import { expect, test } from './support/system'

const good = { login: 'anna', password: 'long enough' }
const refused: Record<string, [status: number, code: string, { login: unknown; password: unknown }]> = {
  'a login of two letters': [422, 'login_invalid', { ...good, login: 'an' }],
  'a login of 65 letters': [422, 'login_invalid', { ...good, login: 'a'.repeat(65) }],
  'a login with a space': [422, 'login_invalid', { ...good, login: 'anna b' }],
  'a login with a control character': [422, 'login_invalid', { ...good, login: 'anna\u0000b' }],
  'a login that is no text': [422, 'login_invalid', { ...good, login: { toString: 'anna' } }],
  'no login': [422, 'login_invalid', { ...good, login: undefined }],
  'a password of seven letters': [422, 'password_weak', { ...good, password: '1234567' }],
  'a password of 201 letters': [422, 'password_weak', { ...good, password: 'a'.repeat(201) }],
  'a password like the login': [422, 'password_weak', { login: 'anna@mail.example', password: 'Anna@Mail.example' }],
  'a password that is no text': [422, 'password_weak', { ...good, password: 12345678 }],
}

for (const [what, [status, code, credentials]] of Object.entries(refused)) {
  test(`no account is made with ${what}`, async ({ customer }) => {
    const answer = await sendCredentials(customer, '/api/account', credentials)
    expect(answer).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(/^The .+\.$/) } } })
    expect(await (await customer.send('/api/account')).json()).toEqual({ userId: customer.userId, login: null })
  })
}

test('logins and passwords of the greatest length are taken', async ({ customer }) => {
  const { login, password } = createCredentials()
  const longest = { login: login.padEnd(64, 'ж'), password: password.padEnd(200, '\u{1f48d}') }
  expect((await sendCredentials(customer, '/api/account', longest)).status).toBe(201)
  expect((await sendCredentials(customer, '/api/login', longest)).status).toBe(200)
})

test('a login has one customer, and a customer one login', async ({ customer, system }) => {
  const credentials = createCredentials()
  expect((await sendCredentials(customer, '/api/account', credentials)).status).toBe(201)
  const another = await createCustomer(system.shopUrl)
  const taken = await sendCredentials(another, '/api/account', {
    ...credentials,
    login: credentials.login.toUpperCase(),
  })
  expect(taken).toMatchObject({ status: 409, body: { error: { code: 'login_taken' } } })
  const again = await sendCredentials(customer, '/api/account', createCredentials())
  expect(again).toMatchObject({ status: 409, body: { error: { code: 'account_exists' } } })
  // The customer who was refused is still there.
  expect(await (await another.send('/api/account')).json()).toEqual({ userId: another.userId, login: null })
})

test('without a session there is nobody to get an account, and nothing to end', async ({ system }) => {
  const device = createDevice(system.shopUrl)
  const answer = await sendCredentials(device, '/api/account', createCredentials())
  expect(answer).toMatchObject({ status: 401, body: { error: { code: 'session_required' } } })
  expect((await post(device, '/api/logout')).status).toBe(200)
})

test('an unknown login and a wrong password are refused in the same words, and leave the session as it was', async ({
  customer,
  system,
}) => {
  const credentials = createCredentials()
  await sendCredentials(customer, '/api/account', credentials)
  const visitor = await createCustomer(system.shopUrl)
  const before = visitor.cookie
  const wrong = await sendCredentials(visitor, '/api/login', { ...credentials, password: 'another one' })
  expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'login_failed' } } })
  const unknown = { ...credentials, login: createCredentials().login }
  for (const attempt of [unknown, { ...credentials, login: '' }, { ...credentials, password: null }])
    expect(await sendCredentials(visitor, '/api/login', attempt)).toEqual(wrong)
  expect(visitor.cookie).toBe(before)
  expect(await (await visitor.send('/api/session')).json()).toEqual({ userId: visitor.userId })
})

test('after five wrong passwords a login is closed to everybody, and others are not', async ({ customer, system }) => {
  const credentials = createCredentials()
  await sendCredentials(customer, '/api/account', credentials)
  const guess = (login: string) =>
    sendCredentials(createDevice(system.shopUrl), '/api/login', { login, password: 'no' })
  // At once, as somebody would who wants to be quicker than the count.
  const guesses = await Promise.all(Array.from({ length: 8 }, () => guess(credentials.login)))
  expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
  const right = await sendCredentials(createDevice(system.shopUrl), '/api/login', credentials)
  expect(right).toMatchObject({ status: 429, body: { error: { code: 'too_many_attempts' } } })

  const nobody = createCredentials().login
  for (let count = 0; count < 5; count++) expect((await guess(nobody)).status).toBe(401)
  expect((await guess(nobody)).status).toBe(429)
  const other = createCredentials()
  await sendCredentials(await createCustomer(system.shopUrl), '/api/account', other)
  expect((await sendCredentials(createDevice(system.shopUrl), '/api/login', other)).status).toBe(200)
})

for (const path of ['/api/session', '/api/orders', '/api/account', '/api/login', '/api/logout']) {
  test(`a page of another origin cannot make a browser send POST ${path}`, async ({ customer, system }) => {
    const own = { origin: system.shopUrl, 'sec-fetch-site': 'same-origin' }
    const open = await post(customer, path, own)
    expect(open.body.error?.code).not.toBe('foreign_origin')
    const foreign = [
      { origin: system.crmUrl },
      { origin: 'null' },
      { origin: `${system.shopUrl}.example` },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) {
      const answer = await post(customer, path, headers as Record<string, string>)
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'foreign_origin' } } })
    }
    // The API's own port is another origin of the same site: the cookie goes there too.
    const direct = await post(createDevice(system.apiUrl), path, { origin: system.shopUrl })
    expect(direct).toMatchObject({ status: 403, body: { error: { code: 'foreign_origin' } } })
  })
}
