import { createOrderForm, type FormParts } from './support/customer'
import { expect, test } from './support/system'

interface BadInput {
  what: string
  form: FormParts
  status: number
  code: string
}

const stl = (content: string) => ({ name: 'ring.stl', content })

const badInputs: BadInput[] = [
  { what: 'no file', form: { model: undefined }, status: 400, code: 'model_missing' },
  { what: 'an empty file', form: { model: stl('') }, status: 400, code: 'model_empty' },
  { what: 'a wrong type', form: { model: { name: 'ring.stl.exe', content: 'MZ' } }, status: 415, code: 'model_type' },
  { what: 'a file without a type', form: { model: { name: 'ring', content: 'x' } }, status: 415, code: 'model_type' },
  { what: 'quantity 0', form: { quantity: '0' }, status: 422, code: 'quantity_invalid' },
  { what: 'quantity 101', form: { quantity: '101' }, status: 422, code: 'quantity_invalid' },
  { what: 'quantity 1.5', form: { quantity: '1.5' }, status: 422, code: 'quantity_invalid' },
  { what: 'quantity 1e1', form: { quantity: '1e1' }, status: 422, code: 'quantity_invalid' },
  { what: 'no quantity', form: { quantity: undefined }, status: 422, code: 'quantity_invalid' },
  { what: 'a late bad quantity', form: { quantity: '-1', fileFirst: true }, status: 422, code: 'quantity_invalid' },
  { what: 'an unknown product', form: { productId: 'crown' }, status: 422, code: 'product_unknown' },
  { what: 'SQL as a product', form: { productId: "'; DROP TABLE orders; --" }, status: 422, code: 'product_unknown' },
  { what: 'a zero byte as a product', form: { productId: '\0' }, status: 422, code: 'product_unknown' },
]

for (const { what, form, status, code } of badInputs) {
  test(`refused: ${what}`, async ({ customer, traceContext, countStored, serverSpan }) => {
    const before = await countStored()
    const response = await customer.send('/api/orders', {
      method: 'POST',
      headers: { traceparent: traceContext.traceparent },
      body: createOrderForm(form),
    })
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: { code, message: expect.stringMatching(/^[A-Z].+\.$/) } })

    const span = await serverSpan()
    expect(span.status?.code).toBe(2)
    expect(span.attributes).toMatchObject({ 'error.type': code, 'http.response.status_code': status })
    expect(span.attributes).toMatchObject({ user_id: customer.userId, order_id: expect.stringMatching(/^o-/) })
    expect(await countStored()).toEqual(before)
  })
}

test('a good order is stored, so the tests above would see one', async ({ customer, countStored }) => {
  const before = await countStored()
  expect((await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })).status).toBe(201)
  const after = await countStored()
  expect([after.orders, after.history, after.files.length]).toEqual([
    before.orders + 1,
    before.history + 2,
    before.files.length + 1,
  ])
})

test('refused: two models', async ({ customer, countStored }) => {
  const before = await countStored()
  const body = createOrderForm()
  body.append('model', new Blob(['another']), 'second.stl')
  const response = await customer.send('/api/orders', { method: 'POST', body })
  expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'model_repeated' } }])
  expect(await countStored()).toEqual(before)
})

test('refused: no session', async ({ system, traceContext, serverSpan }) => {
  const headers = { traceparent: traceContext.traceparent }
  const response = await fetch(`${system.shopUrl}/api/orders`, { method: 'POST', headers, body: createOrderForm() })
  expect([response.status, await response.json()]).toMatchObject([401, { error: { code: 'session_required' } }])
  expect((await serverSpan()).attributes).toMatchObject({ 'error.type': 'session_required' })
})

for (const type of ['application/json', 'multipart/form-data', 'text/plain']) {
  test(`refused: a body of ${type} without parts`, async ({ customer }) => {
    const response = await customer.send('/api/orders', {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{}',
    })
    const expected = type === 'multipart/form-data' ? [400, 'malformed_form'] : [415, 'not_multipart']
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual(expected)
  })
}

test('refused: a form that ends in the middle of its file', async ({ customer, countStored }) => {
  const before = await countStored()
  const body = '--x\r\nContent-Disposition: form-data; name="model"; filename="a.stl"\r\n\r\nsolid'
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const response = await customer.send('/api/orders', { method: 'POST', headers, body })
  expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'malformed_form' } }])
  expect(await countStored()).toEqual(before)
})

test('an unknown address of the API is an error in our form', async ({ customer }) => {
  for (const path of ['/api/nothing', '/api/orders/%ff']) {
    const response = await customer.send(path)
    expect([response.status, await response.json()], path).toMatchObject([404, { error: { code: 'not_found' } }])
  }
})
