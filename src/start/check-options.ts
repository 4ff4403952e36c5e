import type { TracingOptions } from '../options'
import { parseUrl } from '../page/parse-url'
import { createTargets, shown, type Targets } from '../propagation/targets'

export interface CheckedOptions extends TracingOptions {
  collectorUrl: URL
  targets: Targets
  sampleRatio: number
}

/** What each may be: of which types, or which of few values. */
const KNOWN: Record<keyof TracingOptions, string> = {
  service: 'a string',
  collector: 'a string',
  collectorCredentials: '"omit" or "same-origin"',
  unanswered: '"ask" or "repeat"',
  apis: 'a list',
  userId: 'a string or a function',
  sampleRatio: 'a number',
  routes: 'a list or false',
  consent: '"granted" or "pending"',
  declarative: 'a boolean',
  registerGlobally: 'a boolean',
  redact: 'a function',
  version: 'a string',
  environment: 'a string',
  debug: 'a boolean',
}

/**
 * @param base the page's URL
 * @param own the page's origin
 * @throws Error whose message says what is wrong and what to write instead
 */
export function checkOptions(options: TracingOptions, base: string, own: string): CheckedOptions {
  if (typeof options !== 'object' || options === null)
    throw new Error('no options given; write startTracing({ service: "shop" })')
  for (const [name, value] of Object.entries(options)) checkKind(name, value)
  const { service, apis = [], routes, sampleRatio = 1, collector = '/v1/traces' } = options
  if (!service?.trim()) throw wrong('service', 'is missing; name this page')
  if (routes && !routes.every((route) => /^\//.test(route)))
    throw wrong('routes', `is ${shown(routes)}; give templates such as "/orders/:id"`)
  if (!(sampleRatio >= 0 && sampleRatio <= 1)) throw wrong('sampleRatio', `is ${sampleRatio}; give a share from 0 to 1`)
  return {
    ...options,
    collectorUrl: checkCollector(collector, base),
    targets: createTargets(apis, base, own),
    sampleRatio,
  }
}

const wrong = (name: string, what: string) => new Error(`the option "${name}" ${what}`)

function checkKind(name: string, value: unknown): void {
  const expected = KNOWN[name as keyof TracingOptions]
  if (!expected) throw new Error(`there is no option "${name}"; the options are ${Object.keys(KNOWN).join(', ')}`)
  const kind = `a ${Array.isArray(value) ? 'list' : typeof value}`
  if (value !== undefined && !expected.split(' or ').some((one) => one === kind || one === shown(value)))
    throw wrong(name, `is ${shown(value)}; give ${expected}`)
}

function checkCollector(collector: string, base: string): URL {
  const url = parseUrl(collector, base)
  if (!url || !/^https?:$/.test(url.protocol))
    throw wrong('collector', `is "${collector}"; give a path such as "/v1/traces" or an http(s) URL`)
  if (url.username || url.password) throw wrong('collector', 'holds credentials; leave those out')
  if (url.pathname === '/') throw wrong('collector', `has no path; most collectors want "${url.origin}/v1/traces"`)
  return url
}
