import { expect, test } from '@playwright/test'
import { problemOfId } from '../../src/privacy/opaque-id'
import { scrubText, scrubUrl } from '../../src/privacy/scrub'

const TEXTS: [text: string, scrubbed: string][] = [
  ['https://shop.example/a/b?token=1#top', 'https://shop.example/a/b'],
  ['https://anna:pw@shop.example/a', 'https://shop.example/a'],
  ['see https://x.example/?q=1, then wss://y.example/s?k=2', 'see https://x.example/ then wss://y.example/s'],
  ['/order/7?email=x', '/order/7'],
  ['Failed to load /a#frag now', 'Failed to load /a now'],
  ['anna.i+shop@mail.shop.example wrote', '[email] wrote'],
  ['почта анна@почта.рф здесь', 'почта [email] здесь'],
  ['/users/anna%40shop.example/orders', '/users/[email]/orders'],
  ['is 3 > 2? yes', 'is 3 > 2? yes'],
  ['and/or? perhaps', 'and/or perhaps'],
  ['order.submit', 'order.submit'],
  ['', ''],
]
for (const [text, scrubbed] of TEXTS) {
  test(`${JSON.stringify(text)} leaves as ${JSON.stringify(scrubbed)}`, () => {
    expect(scrubText(text)).toBe(scrubbed)
  })
}

test('a URL leaves as origin and path', () => {
  expect(scrubUrl(new URL('https://a:b@shop.example:8443/x/y?z=1#q'))).toBe('https://shop.example:8443/x/y')
  expect(scrubUrl(new URL('blob:https://shop.example/123?x'))).not.toContain('?')
  expect(scrubUrl(new URL('data:text/plain,secret'))).toBe('data:')
})

test('a long hostile text is cut before it is searched, so that no pattern can hold up the page', () => {
  for (const unit of ['a', 'a@', '/', 'a:', '?', 'a.', '%40', '//@', '-.', 'ж']) {
    // Searched whole, these would take hours: the time-out of the test is the assertion.
    expect(scrubText(unit.repeat(5_000_000)).length).toBeLessThanOrEqual(1024)
  }
})

test('an address at the cut does not leave in half', () => {
  expect(scrubText(`${'x '.repeat(508)}anna@shop.example`)).toBe(`${'x '.repeat(508)}[email]`)
  expect(scrubText(`${'x '.repeat(510)}anna@shop.example`)).toBe(`${'x '.repeat(510)}[ema`)
})

test('ids: opaque ones pass, what could be a person does not', () => {
  for (const id of ['u-7', 'o-42', '8f14e45f-ceea-467f-a0e6-f00d', '7001234567', 'tenant:42/7'])
    expect(problemOfId('id', id)).toBeUndefined()
  for (const id of ['', ' ', 'Anna Ivanova', 'a@b.example', '+79161234567', 'x'.repeat(129), null, {}, 7]) {
    expect(problemOfId('id', id)).toMatch(/^id .*the spans go without it/i)
  }
})
