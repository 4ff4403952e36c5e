import type { TracingOptions } from '../options'
import { createTargets, type Targets } from '../propagation/targets'

export interface CheckedOptions extends TracingOptions {
  collectorUrl: URL
  targets: Targets
  sampleRatio: number
}

const KNOWN: Record<keyof TracingOptions, string> = {
  service: 'string',
  collector: 'string',
  collectorCredentials: 'string',
  apis: 'object',
  userId: 'string or function',
  sampleRatio: 'number',
  routes: 'object or boolean',
  consent: 'string',
  declarative: 'boolean',
  registerGlobally: 'boolean',
  redact: 'function',
  version: 'string',
  environment: 'string',
  debug: 'boolean',
}

/**
 * @param base the page's URL
 * @param own the page's origin
 * @throws Error whose message says what is wrong and what to write instead
 */
export function checkOptions(options: TracingOptions, base: string, own: string): CheckedOptions {
  if (typeof options !== 'object' || options === null)
    throw new Error('no options given; write startTracing({ service: "internet-shop" })')
  for (const [name, value] of Object.entries(options)) checkType(name, value)
  const { service, apis = [], sampleRatio = 1, collector = '/v1/traces' } = options
  if (!service?.trim())
    throw new Error(
      'the option "service" is missing; give the name that this page has in Jaeger, such as "internet-shop"',
    )
  if (!Array.isArray(apis)) throw new Error('the option "apis" must be a list of origins and paths, such as ["/api/"]')
  if (options.routes && !(Array.isArray(options.routes) && options.routes.every((route) => /^\//.test(route))))
    throw new Error('the option "routes" must be a list of templates such as "/orders/:id", or false')
  if (options.consent && !/^(granted|pending)$/.test(options.consent))
    throw new Error(
      `the option "consent" is "${options.consent}"; give "pending" for a page that asks first, or leave it out`,
    )
  if (options.collectorCredentials && !/^(omit|same-origin)$/.test(options.collectorCredentials))
    throw new Error(
      `the option "collectorCredentials" is "${options.collectorCredentials}"; give "same-origin" for a collector that checks the login, or leave it out`,
    )
  if (!(sampleRatio >= 0 && sampleRatio <= 1))
    throw new Error(`the option "sampleRatio" is ${sampleRatio}; give a share from 0 to 1`)
  return {
    ...options,
    collectorUrl: checkCollector(collector, base),
    targets: createTargets(apis, base, own),
    sampleRatio,
  }
}

function checkType(name: string, value: unknown): void {
  const expected = KNOWN[name as keyof TracingOptions]
  if (!expected) throw new Error(`there is no option "${name}"; the options are ${Object.keys(KNOWN).join(', ')}`)
  if (value !== undefined && !expected.includes(typeof value)) {
    throw new Error(
      `the option "${name}" must be a ${expected.replace('object', 'list')}, got ${value === null ? 'null' : typeof value}`,
    )
  }
}

function checkCollector(collector: string, base: string): URL {
  const url = parse(collector, base)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(`the option "collector" is "${collector}"; give a path such as "/v1/traces" or an http(s) URL`)
  }
  if (url.username || url.password)
    throw new Error('the option "collector" holds credentials, which anyone could read on the page; leave them out')
  if (url.pathname === '/')
    throw new Error(
      `the option "collector" is "${collector}" without a path; most collectors want "${url.origin}/v1/traces"`,
    )
  return url
}

/** `URL.canParse` is younger than the browsers that we support. */
function parse(text: string, base: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
