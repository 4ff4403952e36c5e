import { startTracing } from 'ordertrace'

/** The tracing of the CRM; who works here is told it when that is known (see `session/`). */
export const tracing = startTracing({
  service: 'crm',
  collector: '/v1/traces',
  // The door looks whether `user_id` is that of the login.
  collectorCredentials: 'same-origin',
  apis: [{ url: '/api/', baggage: true }],
  // The templates of app.tsx.
  routes: ['/', '/orders/:id'],
})
