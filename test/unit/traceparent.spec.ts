import { expect, test } from '@playwright/test'
import { traceHeaders } from '../../src/propagation/headers'
import { parseTraceparent } from '../../src/propagation/traceparent'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

test('what the specification allows is read', () => {
  expect(parseTraceparent(`00-${TRACE}-${SPAN}-01`)).toMatchObject({
    traceId: TRACE,
    spanId: SPAN,
    traceFlags: 1,
    isRemote: true,
  })
  expect(parseTraceparent(` 00-${TRACE}-${SPAN}-00 `)?.traceFlags).toBe(0)
  expect(parseTraceparent(`cc-${TRACE}-${SPAN}-01-what-the-future-brings`)?.traceId).toBe(TRACE)
})

for (const wrong of [
  '',
  'x',
  `00-${TRACE}-${SPAN}`,
  `00-${TRACE}-${SPAN}-01-more`,
  `ff-${TRACE}-${SPAN}-01`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-1`,
]) {
  test(`what it does not allow is ignored: ${JSON.stringify(wrong)}`, () =>
    expect(parseTraceparent(wrong)).toBeUndefined())
}

test('baggage values are percent-encoded, and ids that are not known are left out', () => {
  const span = { traceId: TRACE, spanId: SPAN, traceFlags: 1 }
  expect(traceHeaders(span)).toEqual([['traceparent', `00-${TRACE}-${SPAN}-01`]])
  expect(traceHeaders(span, { orderId: 'o,1;x=ы', userId: undefined })).toContainEqual([
    'baggage',
    'order_id=o%2C1%3Bx%3D%D1%8B',
  ])
  expect(traceHeaders(span, { orderId: undefined, userId: undefined })).toHaveLength(1)
})
