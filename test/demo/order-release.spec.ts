import { type Employee, logIn } from './support/employee'
import { placeApprovedOrder } from './support/placed-order'
import { expect, test } from './support/system'

const isServer = ({ kind }: { kind: number }) => kind === 2

/** The order as the MES has it, with its history in short. */
async function look(employee: Employee, id: string) {
  const { body } = await employee.get<{
    operatorId: string | null
    status: string
    history: { status: string; event: string | null; operatorId: string | null }[]
  }>(`/api/orders/${id}`)
  const history = body.history.map(({ status, event, operatorId }) => `${event ?? status} ${operatorId ?? 'shop'}`)
  return { operatorId: body.operatorId, status: body.status, history }
}

test('an operator gives back an order, and another takes it; each is a step of the order', async ({
  customer,
  manager,
  operator,
  system,
  collector,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const other = await logIn(system.mesUrl, 'u-operator-2')
  const taken = await operator.post(`/api/orders/${id}/take`)
  const released = await operator.post(`/api/orders/${id}/release`)
  expect([released.status, released.body]).toMatchObject([
    200,
    { id, operatorId: null, status: 'MANUFACTURING_APPROVED' },
  ])
  expect((await other.post(`/api/orders/${id}/take`)).status).toBe(200)
  expect(await look(operator, id)).toEqual({
    operatorId: other.userId,
    status: 'MANUFACTURING_APPROVED',
    history: [
      'SUBMITTED shop',
      'MANUFACTURING_APPROVED shop',
      `taken ${operator.userId}`,
      `released ${operator.userId}`,
      `taken ${other.userId}`,
    ],
  })

  const [before] = await collector.waitForTrace(taken.traceId, (found) => found.some(isServer))
  const spans = await collector.waitForTrace(released.traceId, (found) => found.some(isServer))
  const server = spans.find(isServer)
  expect(server).toMatchObject({ name: 'POST /api/orders/:id/release', links: [{ traceId: before?.traceId }] })
  for (const span of spans) expect(span.attributes, span.name).toMatchObject({ order_id: id, user_id: operator.userId })
  // Who has an order is the workshop's own affair: nobody else hears of it.
  expect(spans.filter(({ kind }) => kind === 4)).toEqual([])
})

test('an order of another is given back by the foreman alone', async ({ customer, manager, operator, system }) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const [other, foreman] = await Promise.all(
    ['u-operator-2', 'u-foreman'].map((userId) => logIn(system.mesUrl, userId)),
  )
  await operator.post(`/api/orders/${id}/take`)
  const refused = await other?.post(`/api/orders/${id}/release`)
  expect([refused?.status, refused?.body]).toMatchObject([403, { error: { code: 'order_of_another' } }])
  expect(await look(operator, id)).toMatchObject({ operatorId: operator.userId })
  expect((await foreman?.post(`/api/orders/${id}/release`))?.status).toBe(200)
  expect((await look(operator, id)).history.at(-1)).toBe('released u-foreman')
})

test('an order that nobody has, or that is begun, is not given back', async ({ customer, manager, operator }) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const releaseCode = async () => {
    const { status, body } = await operator.post<{ error?: { code: string } }>(`/api/orders/${id}/release`)
    return [status, body.error?.code]
  }
  expect(await releaseCode()).toEqual([409, 'order_not_taken'])
  await operator.post(`/api/orders/${id}/take`)
  await operator.post(`/api/orders/${id}/start`)
  expect(await releaseCode()).toEqual([409, 'order_in_work'])
  expect(await look(operator, id)).toMatchObject({ operatorId: operator.userId, status: 'MANUFACTURING_STARTED' })
})

test('taking an order again, after an answer that got lost, is no second step', async ({
  customer,
  manager,
  operator,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  for (let time = 0; time < 2; time++) expect((await operator.post(`/api/orders/${id}/take`)).status).toBe(200)
  const { history } = await look(operator, id)
  expect(history.filter((entry) => entry.startsWith('taken'))).toEqual([`taken ${operator.userId}`])
})
