import { startTracing } from 'ordertrace'

/** The tracing of the CRM; who works here is told it when that is known (see `session/`). */
export const tracing = startTracing({
  service: 'crm',
  collector: '/v1/traces',
  apis: [{ url: '/api/', baggage: true }],
  // The templates of app.tsx.
  routes: ['/', '/orders/:id'],
})
