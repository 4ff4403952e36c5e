import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { test as base, expect } from '@playwright/test'
import { listen } from './listen'
import { type LyingProvider, startLyingProvider } from './lying-provider'
import { startAlone } from './start-alone'

export interface Gate {
  url: string
  /** Begins a login, and gives what the provider is asked and the cookies of the browser. */
  begin(back?: string): Promise<{ asked: URL; cookie: string; lines: string[] }>
  /** Comes back from the provider. */
  comeBack(query: Record<string, string>, cookie: string): Promise<Response>
  audit(): Promise<string>
}

export interface GateFixtures {
  publicUrl: string
  auditFolder: string
  /** What it stands before. Default: a store that answers everything with one trace. */
  queryUrl: string
  /** What the gate is told that it stands before. Default: the embedded store. */
  storePage: string
  provider: LyingProvider
  gate: Gate
}

/** The gate alone, before a store, with a provider that may lie. */
export const gateTest = base.extend<GateFixtures>({
  publicUrl: ['', { option: true }],
  auditFolder: ['', { option: true }],
  queryUrl: ['', { option: true }],
  storePage: ['embedded', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  provider: async ({}, use) => {
    const provider = await startLyingProvider()
    await use(provider)
    await provider.stop()
  },
  gate: async ({ provider, publicUrl, auditFolder, queryUrl, storePage }, use, testInfo) => {
    const store = await listen(createServer((_request, response) => response.end(`{"traceId":"${'a'.repeat(32)}"}`)))
    const env = {
      OIDC_ISSUER: provider.issuer,
      OIDC_ROLES_CLAIM: 'roles',
      OIDC_CLIENT_ID: 'gate',
      OIDC_CLIENT_SECRET: 'secret',
      QUERY_URL: queryUrl || store.url,
      STORE_PAGE: storePage,
      AUDIT_FILE: testInfo.outputPath(auditFolder, 'audit.jsonl'),
      SUPPORT_ROLE: 'Поддержка',
      ...(publicUrl && { PUBLIC_URL: publicUrl }),
    }
    const service = await startAlone({
      name: 'gate',
      entry: 'trace-gate/main.ts',
      env,
    })
    await use({
      url: service.url,
      async begin(back = '/') {
        const answer = await fetch(`${service.url}/login?back=${encodeURIComponent(back)}`, { redirect: 'manual' })
        const lines = answer.headers.getSetCookie()
        const cookie = lines.map((line) => line.split(';', 1)[0]).join('; ')
        return { asked: new URL(answer.headers.get('location') ?? ''), cookie, lines }
      },
      comeBack: (query, cookie) =>
        fetch(`${service.url}/login/callback?${new URLSearchParams(query)}`, {
          headers: { cookie },
          redirect: 'manual',
        }),
      audit: () => readFile(env.AUDIT_FILE, 'utf8').catch(() => ''),
    })
    await service.stop()
    await store.stop()
  },
})

/** The cookie of the session that an answer begins. */
export const sessionOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((line) => /^(__Host-)?gate-session=./.test(line))
    ?.split(';', 1)[0]

/** Logs in, and gives the session's cookie. */
export async function logIn(gate: Gate, provider: LyingProvider): Promise<string> {
  const { asked, cookie } = await gate.begin()
  const state = asked.searchParams.get('state') ?? ''
  const answer = await gate.comeBack({ code: provider.authorize(asked), state }, cookie)
  expect(answer.status).toBe(302)
  return sessionOf(answer) ?? ''
}
