import type { AttributeValue, SpanAttributes } from '../otlp/attributes'
import type { ReceivedSpan } from '../otlp/received-span'
import { PERSONAL_KINDS } from './personal-kinds'

/** A value that says who somebody is, or lets one act for him, and where it stands. */
export interface Leak {
  /** The span that it stands in; undefined: a header. */
  span: ReceivedSpan | undefined
  /** `attribute url.full`, `name`, `event exception, attribute exception.message`, `baggage of POST https://…`, … */
  where: string
  what: string
  value: string
}

export interface PersonalDataRules {
  /** What must not stand anywhere besides: a name, a phone number that the test typed in. */
  also?: readonly (string | RegExp)[]
  /** What is none though it looks so; what stands beside it is looked at all the same. */
  except?: readonly (string | RegExp)[]
}

/** A text that left the browser. */
export interface SentText {
  where: string
  text: string
}

/** Everything in the spans that looks like personal data. */
export function leaksIn(spans: readonly ReceivedSpan[], rules: PersonalDataRules = {}): Leak[] {
  return spans.flatMap((span) => leaksInTexts(textsOf(span), rules).map((leak) => ({ ...leak, span })))
}

export function leaksInTexts(texts: readonly SentText[], rules: PersonalDataRules = {}): Leak[] {
  return texts.flatMap(({ where, text }) => {
    const rest = (rules.except ?? []).reduce<string>(without, text)
    const found = PERSONAL_KINDS.filter(([, isIt]) => isIt(rest)).map(([what]) => what)
    const named = (rules.also ?? []).filter((one) => without(rest, one) !== rest).map((one) => `${one}`)
    return [...found, ...named].map((what) => ({ span: undefined, where, what, value: text }))
  })
}

const without = (text: string, one: string | RegExp): string =>
  typeof one === 'string'
    ? text.replaceAll(one, '')
    : text.replace(new RegExp(one, one.flags.replace(/[gy]/g, '').concat('g')), '')

function textsOf(span: ReceivedSpan): SentText[] {
  return [
    { where: 'name', text: span.name },
    { where: 'status message', text: span.status.message },
    { where: 'tracestate', text: span.traceState ?? '' },
    ...texts('attribute', span.attributes),
    ...texts('resource', span.resource),
    ...span.events.flatMap(({ name, attributes }) => [
      { where: 'event', text: name },
      ...texts(`event ${name}, attribute`, attributes),
    ]),
    ...span.links.flatMap(({ traceState = '', attributes }) => [
      { where: 'link, tracestate', text: traceState },
      ...texts('link, attribute', attributes),
    ]),
  ]
}

const texts = (where: string, attributes: SpanAttributes): SentText[] =>
  Object.entries(attributes).flatMap(([name, value]) => [
    { where: `the name of ${where} ${name}`, text: name },
    ...stringsIn(value).map((text) => ({ where: `${where} ${name}`, text })),
  ])

/** Names within a value, and numbers, are texts too: a card number may be one. */
function stringsIn(value: AttributeValue): string[] {
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  if (typeof value === 'object') return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsIn(inner)])
  return value === undefined || typeof value === 'boolean' ? [] : [String(value)]
}
