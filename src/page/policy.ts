/** Tells when the page's Content Security Policy forbids requests to this URL: asking again would only report again. */
export function watchPolicy(
  { origin, pathname }: URL,
  onForbidden: (reason: string, advice: string) => void,
): () => void {
  const url = origin + pathname
  const listener = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition === 'enforce' && [url, origin].includes(blockedURI.replace(/[?#].*/, '')))
      onForbidden(
        'blocked-by-csp',
        `the page's Content Security Policy forbids requests to ${url}: add it to connect-src`,
      )
  }
  document.addEventListener('securitypolicyviolation', listener)
  return () => document.removeEventListener('securitypolicyviolation', listener)
}
