import { whyNotArrived } from '../playwright/arrival'
import { bare } from './name-request'
import type { Sighting } from './sighting'
import { canCarry, carries, whyNoHeader } from './why-no-header'

/** Requests of the page that went alike. */
export interface RequestFinding {
  method: string
  /** Without query and fragment, which may hold what is nobody’s business. */
  url: string
  count: number
  carried: boolean
  /** Why not. */
  reason?: string
}

/** What became of the requests that could carry a header. */
export function requestFindings(seen: Sighting): RequestFinding[] {
  const findings = new Map<string, RequestFinding>()
  for (const request of seen.requests.filter(canCarry)) {
    const failure = whyNotArrived(request)
    const carried = carries(request) && failure === undefined
    const reason = carried
      ? undefined
      : failure
        ? `it did not reach the server: ${failure}`
        : whyNoHeader(request, seen)
    const key = [request.method, bare(request.url), reason].join(' ')
    const finding = findings.get(key)
    if (finding) finding.count++
    else
      findings.set(key, {
        method: request.method,
        url: bare(request.url),
        count: 1,
        carried,
        ...(reason && { reason }),
      })
  }
  return [...findings.values()]
}
