import { expect, test } from '@playwright/test'
import { createTargets } from '../../src/propagation/targets'

const PAGE = 'https://shop.example/order?product=7'

function match(apis: Parameters<typeof createTargets>[0], url: string) {
  return createTargets(apis, PAGE, new URL(PAGE).origin)(new URL(url, PAGE))
}

const CASES: [api: string, url: string, listed: boolean][] = [
  ['/api/', '/api/orders', true],
  ['/api', '/api', true],
  ['/api/', '/api', true],
  ['/api', '/apiary', false],
  ['/api', '/v1/api/orders', false],
  ['/api', '/api/../admin', false],
  ['/api', '//evil.example/api/orders', false],
  ['/api', 'http://shop.example/api/orders', false],
  ['/api', 'https://shop.example:8443/api/orders', false],
  ['/', '/anything', true],
  ['https://api.shop.example', 'https://api.shop.example/orders', true],
  ['https://api.shop.example/', 'https://api.shop.example:443/orders', true],
  ['https://API.shop.example', 'https://api.shop.example/orders', true],
  ['https://api.shop.example', 'https://api.shop.example.evil.example/orders', false],
  ['https://api.shop.example', 'https://evil.example/?https://api.shop.example', false],
  ['https://api.shop.example', 'https://evil.example/https://api.shop.example/', false],
  ['https://api.shop.example', 'https://api.shop.example@evil.example/', false],
  ['https://api.shop.example', 'http://api.shop.example/orders', false],
  ['https://api.shop.example/v2', 'https://api.shop.example/v2/orders', true],
  ['https://api.shop.example/v2', 'https://api.shop.example/v20', false],
]
for (const [api, url, listed] of CASES) {
  test(`apis ["${api}"] ${listed ? 'lists' : 'does not list'} ${url}`, () => {
    expect(Boolean(match([api], url))).toBe(listed)
  })
}

test('the longest path that covers the URL decides about baggage', () => {
  const apis = [{ url: '/api/', baggage: true }, '/api/public/', { url: '/api/public/own', baggage: true }]
  expect(match(apis, '/api/orders')?.baggage).toBe(true)
  expect(match(apis, '/api/public/news')?.baggage).toBe(false)
  expect(match(apis, '/api/public/own/1')?.baggage).toBe(true)
})

test('a credential in an entry is not repeated in the message about it', () => {
  expect(() => createTargets(['https://anna:s3cret@api.shop.example'], PAGE, 'null')).toThrow(
    /^(?!.*s3cret).*leave those out/,
  )
})
