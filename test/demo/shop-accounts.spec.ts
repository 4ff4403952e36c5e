import { createCredentials, post, sendCredentials } from './support/account'
import { createCustomer, createDevice, createOrderForm, type Device } from './support/customer'
import type { ReceivedSpan } from './support/otlp-collector'
import { expect, test } from './support/system'
import { createTraceContext } from './support/trace-context'

const ordersOf = async (device: Device) => (await device.send('/api/orders')).json() as Promise<{ id: string }[]>
const isServer = ({ kind }: ReceivedSpan) => kind === 2

test('a customer comes back from another device, sees his orders, and is the same user on its spans', async ({
  customer,
  system,
  collector,
}) => {
  const credentials = createCredentials()
  const created = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const { id } = (await created.json()) as { id: string }

  const account = await sendCredentials(customer, '/api/account', credentials)
  expect(account).toEqual({ status: 201, body: { userId: customer.userId, login: credentials.login } })
  expect(await ordersOf(customer)).toMatchObject([{ id }])
  expect((await post(customer, '/api/logout')).status).toBe(200)
  expect((await customer.send('/api/orders')).status).toBe(401)

  const device = createDevice(system.shopUrl)
  const login = await sendCredentials(device, '/api/login', credentials)
  expect(login).toEqual({ status: 200, body: { userId: customer.userId, login: credentials.login } })
  const { traceId, traceparent } = createTraceContext()
  const shown = await device.send(`/api/orders/${id}`, { headers: { traceparent } })
  expect([shown.status, await shown.json()]).toMatchObject([200, { id }])
  const spans = await collector.waitForTrace(traceId, (found) => found.some(isServer))
  expect(spans.length).toBeGreaterThan(1)
  for (const { name, attributes } of spans) expect(attributes.user_id, name).toBe(customer.userId)
})

test('a login may be typed in any case, and is kept in lower case; a password is as it is', async ({ customer }) => {
  const { login, password } = createCredentials()
  const typed = ` ${login.toUpperCase()} `
  expect((await sendCredentials(customer, '/api/account', { login: typed, password })).body.login).toBe(login)
  expect((await sendCredentials(customer, '/api/login', { login: typed, password })).status).toBe(200)
  const other = await sendCredentials(customer, '/api/login', { login, password: password.toUpperCase() })
  expect(other.status).toBe(401)
})

test('each step to an account is a session of its own, and the one before opens nothing', async ({
  customer,
  system,
}) => {
  const credentials = createCredentials()
  const isOpen = async (cookie: string) => {
    const response = await fetch(`${system.shopUrl}/api/session`, { headers: { cookie } })
    return response.status === 200
  }
  const anonymous = customer.cookie
  expect(await isOpen(anonymous)).toBe(true)
  await sendCredentials(customer, '/api/account', credentials)
  const first = customer.cookie
  expect([await isOpen(anonymous), await isOpen(first)]).toEqual([false, true])

  await sendCredentials(customer, '/api/login', credentials)
  const second = customer.cookie
  expect([await isOpen(first), await isOpen(second)]).toEqual([false, true])

  const elsewhere = createDevice(system.shopUrl)
  await sendCredentials(elsewhere, '/api/login', credentials)
  const response = await customer.send('/api/logout', { method: 'POST' })
  expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^shop_session=;.*Expires=Thu, 01 Jan 1970/)])
  expect([await isOpen(second), await isOpen(elsewhere.cookie)]).toEqual([false, true])
})

test('somebody else who logs in at the same browser sees his own orders only', async ({ customer, system }) => {
  const credentials = createCredentials()
  await sendCredentials(customer, '/api/account', credentials)
  await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const visitor = await createCustomer(system.shopUrl)
  const placed = await visitor.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const { id } = (await placed.json()) as { id: string }
  expect(await ordersOf(visitor)).toMatchObject([{ id }])
  expect((await sendCredentials(visitor, '/api/login', credentials)).body.userId).toBe(customer.userId)
  expect(await ordersOf(visitor)).toEqual(await ordersOf(customer))
  expect((await visitor.send(`/api/orders/${id}`)).status).toBe(404)
})

test('of a password a salted hash is kept, with its parameters', async ({ system, database }) => {
  const { password } = createCredentials()
  const logins = [createCredentials().login, createCredentials().login]
  for (const login of logins) {
    const { status } = await sendCredentials(await createCustomer(system.shopUrl), '/api/account', { login, password })
    expect(status).toBe(201)
  }
  const query = 'SELECT password FROM accounts WHERE login = ANY($1)'
  const { rows } = await database.query<{ password: string }>(query, [logins])
  expect(rows).toHaveLength(2)
  for (const row of rows) expect(row.password).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/)
  expect(rows[0]?.password).not.toBe(rows[1]?.password)
})

test('no span has a login, a password or a token, whatever became of the request', async ({
  customer,
  system,
  collector,
  traceContext: { traceId, traceparent },
}) => {
  const headers = { traceparent }
  const credentials = createCredentials()
  const broken = `{"login":"${credentials.login}","password":"${credentials.password}`
  const json = { ...headers, 'content-type': 'application/json' }
  const answers = [
    await sendCredentials(customer, '/api/account', { ...credentials, headers }),
    await sendCredentials(await createCustomer(system.shopUrl), '/api/account', { ...credentials, headers }),
    await sendCredentials(customer, '/api/login', { ...credentials, password: `${credentials.password}x`, headers }),
    await sendCredentials(customer, '/api/login', { ...credentials, headers }),
    await sendCredentials(customer, '/api/login', { ...credentials, login: `${credentials.login} x`, headers }),
  ]
  // Not whole: the parser's own message would quote it.
  const cut = [broken, credentials.password].map((body) =>
    customer.send('/api/login', { method: 'POST', headers: json, body }),
  )
  const statuses = [...answers, ...(await Promise.all(cut))].map(({ status }) => status)
  expect(statuses).toEqual([201, 409, 401, 200, 401, 400, 400])

  const spans = await collector.waitForTrace(traceId, (found) => found.filter(isServer).length === statuses.length)
  const queries = spans.map(({ attributes }) => String(attributes['db.query.text'] ?? attributes['db.statement']))
  expect(queries).toContainEqual(expect.stringMatching(/^INSERT INTO accounts .* VALUES \(\$1, \$2, \$3\)/))
  expect(queries).toContainEqual(expect.stringMatching(/FROM accounts WHERE login = \$1$/))
  const token = customer.cookie.split('=')[1] ?? ''
  expect(token).toHaveLength(43)
  const secrets = [credentials.login, credentials.password, 'anna.', 'secret-', 'scrypt$', token]
  // One assertion for all: a worker has gathered thousands of spans by now.
  const leaks = collector.spans.flatMap((span) => {
    const text = JSON.stringify(span).toLowerCase()
    return secrets.filter((secret) => text.includes(secret.toLowerCase())).map((secret) => `${secret} in ${span.name}`)
  })
  expect(leaks).toEqual([])
})
