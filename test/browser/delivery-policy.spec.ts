import { COLLECTOR } from '../support/site'
import { expect, test } from '../support/test'

for (const query of ['', '?key=k-1']) {
  test(`a policy that forbids ${COLLECTOR}${query} ends the sending, with two reports at most`, async ({
    page,
    site,
  }) => {
    const policy = (sources: string) => ({
      'content-type': 'text/html',
      'content-security-policy': `script-src 'self'; connect-src ${sources}`,
    })
    const html = '<!doctype html><script src="/module.js"></script>'
    site.on('/allowed', (_request, response) => void response.writeHead(200, policy(`'self' ${site.other}`)).end(html))
    site.on('/guarded', (_request, response) => void response.writeHead(200, policy("'self'")).end(html))
    const visit = async (path: string) => {
      await page.goto(site.origin + path)
      return page.evaluate(async (collector) => {
        const reports: string[] = []
        document.addEventListener('securitypolicyviolation', ({ blockedURI }) => reports.push(blockedURI))
        window.tracing = window.startTracing({ service: 'shop', collector })
        for (let i = 0; i < 5; i++) {
          await window.tracing.order('submit', () => {})
          await window.tracing.flush()
        }
        return { reports, dropped: window.tracing.diagnostics().spans.dropped }
      }, `${site.other}${COLLECTOR}${query}`)
    }
    expect(await visit('/allowed')).toEqual({ reports: [], dropped: {} })
    const { reports, dropped } = await visit('/guarded')
    expect(reports.length).toBeGreaterThan(0)
    expect(reports.length).toBeLessThanOrEqual(2)
    expect(dropped['blocked-by-csp']).toBeGreaterThanOrEqual(5)
  })
}
