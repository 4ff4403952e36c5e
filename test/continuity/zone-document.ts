import { type Column, counts, encounters, heads, MODES, sums, table, unique, ways } from './document-tables'
import { ZONE_ENCOUNTERS, ZONE_INSTEAD, ZONE_INTRODUCTION, ZONE_WAYS } from './document-texts'
import type { EncounterVerdict, Verdict } from './judge'

/** What the page that runs on zone.js gave: first `ordertrace/zone` as it is meant to be used, then what there is to compare. */
export interface ZoneTables {
  /** Of the browser, and of zone.js. */
  versions: string
  columns: [zone: Column, ...others: Column[]]
}

/** The part of docs/continuity.md about pages that run on zone.js. */
export function zoneSection({ versions, columns }: ZoneTables): string {
  const [zone] = columns
  return [
    `## On a page that runs on zone.js\n\n${ZONE_INTRODUCTION}\n\n${versions}`,
    wholeWays(columns),
    sums(columns),
    `### What \`ordertrace/zone\` does not keep, and what to write instead\n\n${ZONE_INSTEAD}`,
    instead(zone),
    `### Every way, on such a page\n\n${ZONE_WAYS}`,
    ways(columns),
    `### Where it is wrong, or in doubt, on such a page\n\n${ZONE_ENCOUNTERS}`,
    encounters(columns, ({ name }) => isTold(name, columns)),
  ].join('\n\n')
}

const isWhole = ({ right, requests, wrong }: Verdict) => requests > 0 && right === requests && wrong === 0

/** The ways of which every request was right. */
export const waysKept = (verdicts: Verdict[], mode: string) =>
  verdicts.filter((verdict) => verdict.mode === mode && isWhole(verdict))

function wholeWays(columns: Column[]): string {
  const cell = ({ table: { verdicts } }: Column, mode: string) =>
    `${waysKept(verdicts, mode).length} of ${verdicts.filter((verdict) => verdict.mode === mode).length}`
  return table(
    ['ways kept whole', ...heads(columns)],
    MODES.map((mode) => [mode, ...columns.map((column) => cell(column, mode))]),
  )
}

/** Each way that is not kept, with the forms that are. */
function instead({ table: { verdicts, instead } }: Column): string {
  const lost = unique(verdicts.filter((verdict) => !isWhole(verdict)).map(({ name }) => name))
  const forms = ['awaited', 'in order.run()']
  for (const name of lost.flatMap((way) => forms.map((form) => `${way}, ${form}`))) {
    const written = instead.filter((verdict) => verdict.name === name)
    // Advice that does not help must not be given.
    if (written.length === 0 || !written.every(isWhole)) throw new Error(`${name}: not kept, or not tried`)
  }
  return table(
    ['way', 'as it stands', 'awaited', 'in `order.run()`'],
    lost.map((name) => [
      name,
      counts(verdicts, name, MODES.slice(0, 4)),
      counts(instead, `${name}, awaited`, MODES.slice(0, 4)),
      counts(instead, `${name}, in order.run()`, ['alone', 'three at once']),
    ]),
  )
}

/** Encounters of which there is something to say: a wrong join in any column, or one of its own that `ordertrace/zone` did not find. */
function isTold(name: string, columns: ZoneTables['columns']): boolean {
  const of = ({ table: { encounters } }: Column) => encounters.filter((verdict) => verdict.name === name)
  const isWrong = ({ own, strangers }: EncounterVerdict) => own.wrong + strangers.wrong > 0
  return columns.flatMap(of).some(isWrong) || of(columns[0]).some(({ own }) => own.right < own.requests)
}
