import { compareDays } from '../support/compare-days'
import { openFresh } from '../support/open-fresh'
import { expect, test } from '../support/test'

test('a page lives through the same day as without tracing', async ({ browser, site }) => {
  const [seen] = await compareDays(site, (_how, told) => openFresh(browser, `${site.origin}/day`, () => told()))
  // What confined pages are refused is allowed here.
  expect(seen).toMatchObject({
    wait: expect.arrayContaining([true]),
    store: [expect.arrayContaining(['kept']), {}, {}, {}],
  })
})

test('a sandboxed frame, which has no origin and no storage, lives through the same day as without tracing', async ({
  browser,
  site,
}) => {
  site.page('/outer', '<iframe src="/day" sandbox="allow-scripts"></iframe>')
  const [seen] = await compareDays(site, (_how, told) => openFresh(browser, `${site.origin}/outer`, () => told()), {
    // A browser that has fetchLater refuses it to such a frame, once there is something to lay ready.
    failures: () => expect.objectContaining({ storage: expect.any(Number) }),
    withHeaders: 'none',
    crossorigin: true,
  })
  const refused = [true, 'SecurityError', expect.any(String)]
  expect(seen).toMatchObject({ store: [refused, refused, refused, refused] })
  expect(site.preflights.all).not.toEqual([])
})

test('a page with a strict policy and Trusted Types lives through the same day as without tracing', async ({
  browser,
  site,
}) => {
  const policy = [
    "default-src 'none'; script-src 'nonce-own'",
    `connect-src 'self' ${site.other}`,
    "require-trusted-types-for 'script'; trusted-types own",
  ].join(';')
  const [seen] = await compareDays(site, (_how, told) => openFresh(browser, `${site.origin}/day`, () => told()), {
    headers: { 'content-security-policy': policy },
    nonce: 'own',
    before: `const violations = []
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, isTrusted }) =>
        violations.push([violatedDirective, blockedURI, sample, isTrusted]))
      const attempt = (act) => { try { return String(act()) } catch (error) { return String(error) } }`,
    life: `live(async () => {
      const seen = await day()
      const made = trustedTypes.createPolicy('own', { createHTML: (text) => text }).createHTML('<p>made</p>')
      const refused = [
        () => trustedTypes.createPolicy('ordertrace', {}),
        () => { document.body.innerHTML = '<p>' },
        () => { document.createElement('script').src = '/elsewhere' },
        () => eval('1'),
        () => { document.body.innerHTML = made },
        () => document.body.textContent,
      ].map(attempt)
      await new Promise((resolve) => setTimeout(resolve, 5))
      return { ...seen, refused, violations }
    }).then(tell)`,
  })
  expect(seen).toMatchObject({
    wait: expect.arrayContaining([expect.stringMatching(/^TypeError/), false]),
    refused: [
      ...Array(3).fill(expect.stringMatching(/^TypeError/)),
      expect.stringMatching(/^EvalError/),
      'undefined',
      'made',
    ],
  })
  const { violations } = seen as { violations: string[][] }
  expect(new Set(violations.map(([directive]) => directive))).toEqual(
    new Set(['connect-src', 'require-trusted-types-for', 'trusted-types']),
  )
})

// Of a script of another origin that was not fetched with CORS browsers mute all errors (https://html.spec.whatwg.org/#muted-errors), and to them a
// request that is sent through ours has failed there.
test('what cannot be hidden: a script of another origin, without `crossorigin`, mutes a request that fails and that nobody handles', async ({
  page,
  site,
}) => {
  const told = async (script: string) => {
    site.page('/page', script)
    await page.goto(`${site.origin}/page`)
    return page.evaluate(async () => {
      const seen: string[] = []
      const { promise: last, resolve } = Promise.withResolvers<void>()
      addEventListener('unhandledrejection', ({ reason }) => {
        seen.push(String(reason))
        if (reason === 'last') resolve()
      })
      void fetch('http://127.0.0.1:1/nobody')
      await fetch('http://127.0.0.1:1/nobody').catch(() => {})
      setTimeout(() => Promise.reject('last'))
      await last
      return seen
    })
  }
  const script = `<script src="${site.other}/ordertrace.min.js" data-service="crm"`
  const all = ['TypeError: Failed to fetch', 'last']
  expect(await told('')).toEqual(all)
  expect(await told(`${script} crossorigin></script>`)).toEqual(all)
  expect(await page.evaluate(() => window.ordertrace.diagnostics().failures)).toEqual({})
  expect(await told(`${script}></script>`)).toEqual(['last'])
})
