import { queues } from '../../demo/parts/orders/order-messages'
import { openQueue } from '../../demo/parts/queue/open-queue'
import { logInAtTerminal } from './support/mes-terminal'
import { isServer, waitForOperation } from './support/mes-trace'
import { placeApprovedOrder } from './support/placed-order'
import { expect, test } from './support/system'

test('a message that cannot be handled is seen with its reason, and one whose cause is gone gets through when sent again', async ({
  page,
  system,
  customer,
  manager,
  operator,
  collector,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const queue = await openQueue(system.queueUrl)
  // Too early: the status between is missing, and comes only when the attempts are over.
  const early = { orderId: id, status: 'MANUFACTURING_COMPLETED', step: null, price: null }
  await queue.publish(queues.fromMes, { id: `early-${id}`, body: early })
  await queue.publish(queues.toMes, { id: `broken-${id}`, body: { nonsense: true } })
  await logInAtTerminal(page, { mesUrl: system.mesUrl, userId: 'u-operator-1' })
  await page.getByRole('link', { name: 'Не дошло' }).click()
  const message = page.getByTestId('parked').filter({ hasText: id })
  await expect(message).toContainText('Из цеха: новый статус заказа', { timeout: 30_000 })
  await expect(message).toContainText('it can become MANUFACTURING_STARTED, not MANUFACTURING_COMPLETED')
  const broken = page.getByTestId('parked').filter({ hasText: 'the message is malformed: productId' })
  await expect(broken).toContainText('не прочитать', { timeout: 30_000 })

  for (const step of ['take', 'start']) expect((await operator.post(`/api/orders/${id}/${step}`)).status).toBe(200)
  await manager.waitForStatus(id, 'MANUFACTURING_STARTED')
  await message.getByRole('button', { name: 'Отправить ещё раз' }).click()
  await expect(page.getByRole('status').getByText('Сообщение отправлено ещё раз')).toBeVisible()
  await manager.waitForStatus(id, 'MANUFACTURING_COMPLETED')
  await expect(message).toBeHidden()
  await expect(broken).toBeVisible()

  const operation = await waitForOperation(collector, { name: 'retry', orderId: id })
  const spans = await collector.waitForTrace(operation.traceId, (found) => found.some(isServer))
  expect(spans.find(isServer)).toMatchObject({
    name: 'POST /api/parked/:queue/:id/retry',
    attributes: { order_id: id, user_id: 'u-operator-1' },
  })
  await queue.stop()
})

test('what is parked is for operators, and one that is not there is refused', async ({ system, operator, manager }) => {
  expect((await fetch(`${system.mesUrl}/api/parked`)).status).toBe(401)
  expect((await operator.get('/api/parked')).status).toBe(200)
  expect((await manager.get('/api/parked')).status).toBe(404)
  for (const path of [`${queues.toMes}/nothing`, 'foreign-queue/nothing', `${queues.toMes}/%20`]) {
    const { status, body } = await operator.post(`/api/parked/${path}/retry`)
    expect([status, body]).toMatchObject([404, { error: { code: 'message_unknown' } }])
  }
})
