import { expect, test } from '@playwright/test'
import { summarise } from '../../src/analyst/summarise'
import { EPOCH_MS, makeTrace, type SpanSpec } from '../support/traces'

const ui = { service: 'mes-ui' }
const root: SpanSpec = { ...ui, id: 'root', name: 'order.take', from: 0, to: 100 }
const traitsOf = (...spans: SpanSpec[]) =>
  summarise(makeTrace([root, ...spans]), { service: 'mes-ui', step: 'take' }, EPOCH_MS + 1000)?.traits

test('the page is the route that the application had last, by its template; one that names it itself counts more', () => {
  const route = { ...ui, id: 'route', parent: 'root', name: 'route /orders/:id', from: 5, to: 20 }
  const other = { ...route, id: 'other', name: 'route /orders/:id/take', from: 30, to: 40 }
  expect(traitsOf()).not.toHaveProperty('page')
  expect(traitsOf(route)).toMatchObject({ page: '/orders/:id' })
  expect(traitsOf(route, other)).toMatchObject({ page: '/orders/:id/take' })
  expect(traitsOf({ ...route, attributes: { 'url.template': '/o/:id' } })).toMatchObject({ page: '/o/:id' })
  // A service may call a span so; that is no page.
  expect(traitsOf({ ...route, service: 'mes-api' })).not.toHaveProperty('page')
})
