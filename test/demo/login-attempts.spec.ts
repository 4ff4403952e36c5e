import { test as base, expect } from '@playwright/test'
import { Attempts, ofAccount, ofAddress } from '../../demo/parts/login/attempts'
import { LoginClient } from './support/log-in'
import { startProviderAlone } from './support/start-alone'

/** Types a password on the login page, from an address. */
type Guess = (login: string, password: string, client: string) => Promise<number>

/** The identity provider alone, behind a proxy, and its login page. */
const test = base.extend<{ guess: Guess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  guess: async ({}, use, testInfo) => {
    const provider = await startProviderAlone(testInfo.outputPath('employees.json'), '127.0.0.1')
    const client = new LoginClient()
    const asked = new URLSearchParams({
      client_id: 'mes',
      redirect_uri: 'http://127.0.0.1:1/login/callback',
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    })
    const { url } = await client.follow(`${provider.url}/auth?${asked}`)
    await use(async (login, password, address) => {
      const body = new URLSearchParams({ login, password })
      const answer = await client.send(url, { method: 'POST', body, headers: { 'x-forwarded-for': address } })
      await answer.arrayBuffer()
      return answer.status
    })
    await provider.stop()
  },
})

const addressOf = (n: number) => `192.0.${n >> 8}.${n & 255}`
const isChecked = (status: number) => status !== 429

test('of fifty guesses that are sent at once five are checked, wherever they come from', async ({ guess }) => {
  const statuses = await Promise.all(Array.from({ length: 50 }, (_, n) => guess('courier', `guess ${n}`, addressOf(n))))
  expect(statuses.filter(isChecked)).toEqual(Array(ofAccount.most).fill(401))
  // Not even the right one, nor after a thousand names that nobody has.
  expect(await guess('courier', 'oprava', '192.0.2.1')).toBe(429)
  const names = Array.from({ length: 1001 }, (_, n) => n)
  for (let from = 0; from < names.length; from += 50) {
    const some = names.slice(from, from + 50).map((n) => guess(`nobody${n}`, 'x', addressOf(n)))
    expect(await Promise.all(some)).toEqual(some.map(() => 401))
  }
  expect(await guess('courier', 'oprava', '192.0.2.1')).toBe(429)
})

test('one address tries one password on so many accounts, and another address is not kept waiting', async ({
  guess,
}) => {
  const statuses = await Promise.all(Array.from({ length: 100 }, (_, n) => guess(`name${n}`, 'oprava', '192.0.2.1')))
  expect(statuses.filter(isChecked)).toEqual(Array(ofAddress.most).fill(401))
  expect(await guess('operator1', 'oprava', '192.0.2.1')).toBe(429)
  expect(await guess('operator1', 'oprava', '192.0.2.2')).toBe(303)
})

test('what was right is given back, and no more than that', () => {
  const attempts = new Attempts({ most: 2, names: 10 })
  const right = attempts.count('address')
  attempts.count('address')
  expect(attempts.isOpen('address')).toBe(false)
  attempts.giveBack('address', right)
  // Once.
  attempts.giveBack('address', right)
  attempts.count('address')
  expect(attempts.isOpen('address')).toBe(false)
  attempts.forget('address')
  expect(attempts.isOpen('address')).toBe(true)
})
