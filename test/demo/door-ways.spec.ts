import { requestNow } from './support/door'
import { expect, test } from './support/system'

test('spans of each UI reach the collector by its own origin, with the user of its login', async ({
  system,
  collector,
  customer,
  manager,
  operator,
}) => {
  for (const { url, service, userId, cookie } of [
    { url: system.shopUrl, service: 'internet-shop', ...customer },
    { url: system.crmUrl, service: 'crm', ...manager },
    { url: system.mesUrl, service: 'mes-ui', ...operator },
  ]) {
    const send = (name: string, headers: Record<string, string>) =>
      fetch(`${url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: requestNow({ id: '1', name, service, attributes: { user_id: userId } }),
      })
    expect((await send(`order.${service}-with-login`, { cookie })).status).toBe(200)
    const known = await collector.waitForSpan(({ name }) => name === `order.${service}-with-login`)
    expect([known.service, known.attributes]).toEqual([service, { user_id: userId }])
    expect((await send(`order.${service}-without`, {})).status).toBe(200)
    const unknown = await collector.waitForSpan(({ name }) => name === `order.${service}-without`)
    expect(unknown.attributes).toEqual({ user_id: userId, 'ordertrace.user.unconfirmed': 'no-login' })
    // What a server makes goes another way, which browsers do not have.
    const server = { id: '2', name: `${service} as a server`, service: 'shop-api', kind: 2 }
    const headers = { 'content-type': 'application/json', cookie }
    const forged = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body: requestNow(server) })
    expect(forged.status, service).toBe(403)
  }
})
