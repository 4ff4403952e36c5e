import type { Attributes } from '@opentelemetry/api'

/** What the instrumentations record about a person's device, address or input. Ids are all that a trace needs. */
const personal = new Set([
  'client.address',
  'network.peer.address',
  'network.peer.port',
  'user_agent.original',
  'url.query',
  'db.user',
])

/** The attributes of a span without personal data and without query strings. */
export function keepImpersonal(attributes: Attributes): Attributes {
  const kept = Object.entries(attributes).filter(([name]) => !personal.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, isUrl(name, value) ? withoutQuery(value) : value]))
}

function isUrl(name: string, value: unknown): value is string {
  return (name === 'url.full' || name === 'http.url' || name === 'http.target') && typeof value === 'string'
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}
