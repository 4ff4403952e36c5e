import type { PageListeners } from './page-listeners'

/** Tells when the page's Content Security Policy forbids requests to this URL: asking again would only report again. */
export function watchPolicy(
  listeners: PageListeners,
  { origin, pathname }: URL,
  onForbidden: (reason: string, advice: string) => void,
): () => void {
  const url = origin + pathname
  return listeners.add('policy', document, 'securitypolicyviolation', (event) => {
    const { blockedURI, disposition, effectiveDirective } = event as SecurityPolicyViolationEvent
    const isOurs = disposition === 'enforce' && effectiveDirective === 'connect-src'
    if (isOurs && [url, origin].includes(blockedURI.replace(/[?#].*/, '')))
      onForbidden(
        'blocked-by-csp',
        `the page's Content Security Policy forbids requests to ${url}: add it to connect-src`,
      )
  })
}
