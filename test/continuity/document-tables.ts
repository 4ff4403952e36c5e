import type { EncounterVerdict, Verdict } from './judge'
import type { Table } from './table'

/** What one engine gave, or one entry on one kind of page. */
export interface Column {
  head: string
  table: Table
}

export const MODES = ['alone', 'in a step, alone', 'three at once', 'in steps, three at once', 'mixed with others']

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`
/** A table of Markdown. */
export const table = (head: string[], rows: string[][]) =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n')
/** What stands over the columns. */
export const heads = (columns: Column[]) => columns.map(({ head }) => head)
export const unique = (names: string[]) => [...new Set(names)]
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** The requests of all ways, and all wrong joins. */
export function sums(columns: Column[]): string {
  const byMode = MODES.map((mode) => [
    mode,
    ...columns.map(({ table: { verdicts } }) => share(verdicts.filter((verdict) => verdict.mode === mode))),
  ])
  const wrong = columns.map(({ table: { verdicts } }) => String(sum(verdicts.map((verdict) => verdict.wrong))))
  const joined = (isLimit: boolean) =>
    columns.map(({ table: { encounters } }) => {
      const judged = encounters.filter(({ kind }) => (kind === 'limit') === isLimit)
      return String(sum(judged.map(({ strangers, own }) => strangers.wrong + own.wrong)))
    })
  return table(
    ['right requests', ...heads(columns)],
    [
      ...byMode,
      ['wrong joins among them', ...wrong],
      ['wrong joins of what must not join or mix', ...joined(false)],
      ['wrong joins by the known limits, which are not counted above', ...joined(true)],
    ],
  )
}

function share(verdicts: Verdict[]): string {
  const right = sum(verdicts.map((verdict) => verdict.right))
  const requests = sum(verdicts.map((verdict) => verdict.requests))
  return `${right} of ${requests}, ${((100 * right) / requests).toFixed(right === requests ? 0 : 1)} %`
}

/** Way by way. */
export function ways(columns: Column[]): string {
  const names = unique(columns.flatMap(({ table: { verdicts } }) => verdicts.map(({ name }) => name)))
  const wrong = (name: string) =>
    columns
      .map(({ table: { verdicts } }) => sum(verdicts.filter((v) => v.name === name).map((v) => v.wrong)))
      .join(' · ')
  return table(
    ['way', ...heads(columns), 'wrong joins'],
    names.map((name) => [name, ...columns.map((column) => counts(column.table.verdicts, name, MODES)), wrong(name)]),
  )
}

/** The right requests of a way, of all, in each of `modes`. */
export const counts = (verdicts: Verdict[], name: string, modes: string[]) =>
  modes
    .map((mode) => verdicts.find((verdict) => verdict.name === name && verdict.mode === mode))
    .map((verdict) => (verdict ? `${verdict.right}/${verdict.requests}` : '–'))
    .join(' · ')

/** Encounter by encounter, of those that `isOf` picks. */
export function encounters(columns: Column[], isOf: (verdict: EncounterVerdict) => boolean): string {
  const of = ({ table: { encounters } }: Column) => encounters.filter(isOf)
  const names = unique(columns.flatMap((column) => of(column).map(({ name }) => name)))
  return table(
    ['encounter', ...heads(columns)],
    names.map((name) => [
      name,
      ...columns.map((column) => describe(of(column).filter((verdict) => verdict.name === name))),
    ]),
  )
}

function describe(verdicts: EncounterVerdict[]): string {
  const own = verdicts.map((verdict) => verdict.own)
  const right = sum(own.map((count) => count.right))
  const requests = sum(own.map((count) => count.requests))
  const wrong = sum(verdicts.map(({ own, strangers }) => own.wrong + strangers.wrong))
  return `${right}/${requests} · **${wrong}**`
}
