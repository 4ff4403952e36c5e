import { startTracing } from 'ordertrace'

/** The tracing of the MES; who works here is told it when that is known. */
export const tracing = startTracing({
  service: 'mes-ui',
  collector: '/v1/traces',
  // The door looks whether `user_id` is that of the login.
  collectorCredentials: 'same-origin',
  apis: [{ url: '/api/', baggage: true }],
  routes: ['/', '/orders/:id', '/parked'],
})
