import type { Completeness } from '../jaeger/read-in-slices'
import type { CauseKind, CausePlace } from './causes'
import type { CommonTrait } from './common'
import { type Hop, hopKind, hopName } from './hop'
import type { HopState, LifeHop } from './life-hops'
import type { Verdict } from './verdict'
import type { Language, Words } from './words'
import { english } from './words-english'
import { russian } from './words-russian'

/** The words of a language. */
export function wordsIn(language: Language): Words {
  return language === 'ru' ? russian : english
}

/** A place where time goes, in words: "database shop-db". */
export function sayHop(hop: Hop, words: Words): string {
  return words.hops[hopKind(hop)](hopName(hop))
}

/** A place where something went wrong, in words. */
export function sayPlace(place: CausePlace, words: Words): string {
  if (place === '') return words.nowhere
  return place === 'device' ? words.device : sayHop(place, words)
}

/** A cause in words: "slow: database shop-db". */
export function sayCause({ kind, place }: { kind: CauseKind; place: CausePlace }, words: Words): string {
  return words.causes[kind](sayPlace(place, words))
}

/** What orders have in common, in words: what it is, and its value. */
export function sayTrait(
  { trait, value, isPlace = false }: Pick<CommonTrait, 'trait' | 'value'> & Partial<Pick<CommonTrait, 'isPlace'>>,
  words: Words,
): [string, string] {
  return isPlace ? [words.mostTimeIn, sayHop(value as Hop, words)] : [words.traits[trait] ?? trait, value]
}

/** Milliseconds in the unit a person would say: 850 µs, 12.3 ms, 1.24 s. */
export function sayMs(ms: number, { locale }: Pick<Words, 'locale'>): string {
  const size = Math.abs(ms)
  const format = (value: number, unit: string, maximumFractionDigits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits }).format(value)
  // By what is shown: 999.7 ms are a second, and not a thousand milliseconds.
  if (size > 0 && size < 0.9995) return format(ms * 1000, 'microsecond', 0)
  if (size < 999.5) return format(ms, 'millisecond', size < 10 ? 1 : 0)
  if (size < 120_000) return format(ms / 1000, 'second', size < 10_000 ? 2 : 1)
  return size < 7_200_000 ? format(ms / 60_000, 'minute', 1) : format(ms / 3_600_000, 'hour', 1)
}

/** A share as per cent; of few more exactly. */
export function sayShare(share: number, { locale }: Pick<Words, 'locale'>): string {
  const maximumFractionDigits = share > 0 && share < 0.1 ? 1 : 0
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits }).format(share)
}

/** The step of an order as people call it. */
export function sayStep(step: string, { steps }: Words): string {
  return steps[step] ?? step
}

/** What became of an order, in a sentence. */
export function sayVerdict({ kind, step, hop, traces = 0 }: Verdict, words: Words): string {
  return words.verdicts[kind]({
    step: sayStep(step?.step ?? '', words),
    place: hop ? sayHop(hop.hop, words) + (hop.attempts ? ` (${words.attempts(hop.attempts)})` : '') : '',
    receiver: sayReceiver(hop, words),
    reason: hop?.reason ?? '',
    duration: sayMs(hop?.ms ?? step?.ms ?? 0, words),
    traces,
  })
}

/** Who has a message, or should have had it. */
export function sayReceiver(hop: LifeHop | undefined, { names }: Words): string {
  const consumer = hop?.consumer ?? ''
  const destination = hop?.destination ?? ''
  return names[consumer] ?? names[destination] ?? (consumer || destination)
}

/** How a part of an order's way went. */
export function sayState(state: HopState, { states }: Words): string {
  return states[state]
}

/** The same, with what there is to say of its attempts. */
export function sayHopState({ state, isRepeated, attempts }: LifeHop, words: Words): string {
  const said = isRepeated ? words.repeated : sayState(state, words)
  return attempts ? `${said} (${words.attempts(attempts)})` : said
}

/** How much of the time was read. */
export function sayCompleteness(
  { readFrom, crowded, unreadable = 0 }: Completeness,
  { count, from, sayTime }: { count: number; from: number; sayTime?(at: number): string },
  { completeness, locale }: Words,
): string {
  const isPart = readFrom > from
  if (count === 0 && !isPart) return completeness.none
  const since =
    sayTime?.(readFrom) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(readFrom)
  const read = isPart ? completeness.part(count, since) : completeness.all(count)
  const missing = [
    ...(crowded.length > 0 ? [completeness.crowded(crowded.length)] : []),
    ...(unreadable > 0 ? [completeness.unreadable(unreadable)] : []),
  ]
  return [read, ...missing].join(' ')
}
