import { expect } from '@playwright/test'
import { type Customer, createOrderForm } from './customer'
import type { Employee } from './employee'

/** Places an order and waits until the MES has it. */
export async function placeOrder({ customer, operator }: { customer: Customer; operator: Employee }): Promise<string> {
  const created = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const { id } = (await created.json()) as { id: string }
  await operator.waitForStatus(id, 'SUBMITTED')
  return id
}

/** Places an order and has it approved. */
export async function placeApprovedOrder(people: {
  customer: Customer
  manager: Employee
  operator: Employee
}): Promise<string> {
  const id = await placeOrder(people)
  expect((await people.manager.post(`/api/orders/${id}/approve`)).status).toBe(200)
  await people.operator.waitForStatus(id, 'MANUFACTURING_APPROVED')
  return id
}
