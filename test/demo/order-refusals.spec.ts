import { createCustomer, createDevice, createOrderForm } from './support/customer'
import { createEmployee, logIn } from './support/employee'
import { placeApprovedOrder, placeOrder } from './support/placed-order'
import { expect, test } from './support/system'

const isServer = ({ kind }: { kind: number }) => kind === 2

test('of two operators who take the same order at once, one wins and the other is told, and his span is an error', async ({
  customer,
  manager,
  operator,
  system,
  collector,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const other = await logIn(system.mesUrl, 'u-operator-2')
  const answers = await Promise.all([operator, other].map((one) => one.post(`/api/orders/${id}/take`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const loser = answers.findIndex(({ status }) => status === 409)
  expect(answers[loser]?.body).toEqual({
    error: { code: 'order_taken', message: 'Another operator has taken this order: choose another one.' },
  })
  const spans = await collector.waitForTrace(answers[loser]?.traceId ?? '', (found) => found.some(isServer))
  expect(spans.find(isServer)).toMatchObject({
    status: { code: 2 },
    attributes: {
      order_id: id,
      user_id: [operator, other][loser]?.userId,
      'error.type': 'order_taken',
      'http.response.status_code': 409,
    },
  })
  // Nor may the loser go on with what is not his, while the winner may.
  const [first, second] = loser === 0 ? [operator, other] : [other, operator]
  const refused = await first.post(`/api/orders/${id}/start`)
  expect([refused.status, refused.body]).toMatchObject([409, { error: { code: 'order_taken' } }])
  expect((await second.post(`/api/orders/${id}/take`)).status).toBe(200)
  expect((await second.post(`/api/orders/${id}/start`)).status).toBe(200)
})

test('an order and its model are shown to its customer, and to no other', async ({ customer, system }) => {
  const placed = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const { id } = (await placed.json()) as { id: string }
  const other = await createCustomer(system.shopUrl)
  const nobody = createDevice(system.shopUrl)
  for (const path of [`/api/orders/${id}`, `/api/orders/${id}/model`]) {
    expect((await customer.send(path)).status, path).toBe(200)
    const refused = await other.send(path)
    expect([refused.status, await refused.json()], path).toMatchObject([404, { error: { code: 'order_unknown' } }])
    expect((await nobody.send(path)).status, path).toBe(401)
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await other.send(path, { method })).status, path).toBe(404)
  }
  expect(await (await customer.send('/api/orders')).text()).toContain(id)
  expect(await (await other.send('/api/orders')).text()).not.toContain(id)
})

test('a status that is not allowed next is refused in both APIs, and changes nothing', async ({
  customer,
  manager,
  operator,
  collector,
}) => {
  const id = await placeOrder({ customer, operator })
  const order = `/api/orders/${id}`
  const attempts = [
    [manager, 'ship', 'SHIPPED'],
    [manager, 'close', 'CLOSED'],
    [operator, 'start', 'MANUFACTURING_STARTED'],
    [operator, 'complete', 'MANUFACTURING_COMPLETED'],
    [operator, 'package', 'PACKAGING'],
  ] as const
  for (const [employee, name, next] of attempts) {
    const { status, body, traceId } = await employee.post(`${order}/${name}`)
    const message = `The order is SUBMITTED: it can become PRICE_CALCULATED or MANUFACTURING_APPROVED, not ${next}.`
    expect([status, body], name).toEqual([409, { error: { code: 'status_not_allowed', message } }])
    const spans = await collector.waitForTrace(traceId, (found) => found.some(isServer))
    expect(spans.find(isServer)).toMatchObject({
      status: { code: 2 },
      attributes: { order_id: id, user_id: employee.userId, 'error.type': 'status_not_allowed' },
    })
    expect(spans.filter(({ kind }) => kind === 4)).toEqual([])
  }
  for (const employee of [manager, operator]) {
    expect((await employee.get(order)).body).toMatchObject({ status: 'SUBMITTED' })
  }
})

test('each step is refused a second time, and one that nobody took the first', async ({
  customer,
  manager,
  operator,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const codeOf = async (employee: typeof manager, name: string, body?: unknown) => {
    const answer = await employee.post<{ error?: { code: string } }>(`/api/orders/${id}/${name}`, body)
    return answer.body.error?.code
  }
  expect(await codeOf(manager, 'approve')).toBe('status_not_allowed')
  // It was approved before it had a price, which is computed once.
  expect(await codeOf(operator, 'price', { material: 'silver-925' })).toBe(undefined)
  expect(await codeOf(operator, 'price', { material: 'silver-925' })).toBe('status_not_allowed')
  expect(await codeOf(operator, 'start')).toBe('order_not_taken')
  expect(await codeOf(operator, 'take')).toBe(undefined)
  expect(await codeOf(operator, 'start')).toBe(undefined)
  expect(await codeOf(operator, 'start')).toBe('status_not_allowed')
  expect(await codeOf(operator, 'take')).toBe('order_not_ready')
})

test('whoever is not logged in, or has not the role, sees and changes nothing', async ({
  customer,
  operator,
  system,
  collector,
}) => {
  const id = await placeOrder({ customer, operator })
  const nobody = (uiUrl: string, cookie = '') => createEmployee({ uiUrl, userId: '', cookie })
  const operatorInCrm = await logIn(system.crmUrl, 'u-operator-1')
  const managerInMes = await logIn(system.mesUrl, 'u-manager-1')
  const forged = operator.cookie.replace(/=./, '=*')
  // A session of the MES, under the name of the CRM's.
  const foreign = (await logIn(system.mesUrl, 'u-foreman')).cookie.replace('mes-session', 'crm-session')
  for (const [who, status, code] of [
    [nobody(system.crmUrl), 401, 'session_required'],
    [nobody(system.crmApiUrl), 401, 'session_required'],
    [nobody(system.mesApiUrl, operator.cookie), 401, 'session_required'],
    [nobody(system.mesUrl), 401, 'session_required'],
    [nobody(system.mesUrl, forged), 401, 'session_required'],
    [nobody(system.mesUrl, `${operator.cookie}é`), 401, 'session_required'],
    [nobody(system.crmUrl, foreign), 401, 'session_required'],
    [operatorInCrm, 403, 'role_required'],
    [managerInMes, 403, 'role_required'],
  ] as const) {
    const name = who === operatorInCrm || who === managerInMes ? who.userId : 'nobody'
    for (const answer of [
      await who.get('/api/orders'),
      await who.get(`/api/orders/${id}`),
      await who.get(`/api/orders/${id}/model`),
      await who.post(`/api/orders/${id}/approve`),
      await who.post(`/api/orders/${id}/price`, { material: 'silver-925' }),
    ]) {
      expect([answer.status, answer.body], name).toMatchObject([status, { error: { code } }])
    }
  }
  const { traceId } = await operatorInCrm.post(`/api/orders/${id}/approve`)
  const spans = await collector.waitForTrace(traceId, (found) => found.some(isServer))
  expect(spans.find(isServer)).toMatchObject({
    status: { code: 2 },
    attributes: { user_id: 'u-operator-1', 'error.type': 'role_required' },
  })
  expect((await operator.get(`/api/orders/${id}`)).body).toMatchObject({ status: 'SUBMITTED' })
})

test('wrong input is one clear message', async ({ customer, manager, operator }) => {
  const id = await placeOrder({ customer, operator })
  const cases = [
    [manager.get('/api/orders/o-2222222222'), 404, 'order_unknown'],
    [manager.post('/api/orders/o-2222222222/approve'), 404, 'order_unknown'],
    [manager.get('/api/orders/%00'), 404, 'order_unknown'],
    [operator.post('/api/orders/o-2222222222/take'), 404, 'order_unknown'],
    [operator.post(`/api/orders/${id}/take`), 409, 'order_not_ready'],
    [operator.post(`/api/orders/${id}/price`), 422, 'material_unknown'],
    [operator.post(`/api/orders/${id}/price`, { material: 'toString' }), 422, 'material_unknown'],
    [operator.get('/api/orders?status=LOST'), 422, 'status_unknown'],
    [manager.get('/api/orders?status=LOST'), 422, 'status_unknown'],
    [manager.get(`/api/orders?search=${encodeURIComponent("' OR 1=1")}`), 422, 'search_invalid'],
    [manager.get('/api/orders?after=a&after=b'), 422, 'search_invalid'],
    [manager.post(`/api/orders/${id}/dissolve`), 404, 'not_found'],
  ] as const
  for (const [answer, status, code] of cases) {
    const { status: found, body } = await answer
    expect([found, body]).toEqual([status, { error: { code, message: expect.stringMatching(/^[A-Z].+\.$/) } }])
  }
})
