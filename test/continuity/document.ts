import { ENCOUNTERS_LEGEND, INTRODUCTION, LIMITS_LEGEND, MEASURED, RULES, WAYS_LEGEND } from './document-texts'
import type { EncounterKind, EncounterVerdict, Verdict } from './judge'
import type { Table } from './table'

/** What one engine gave. */
export interface Column {
  engine: string
  table: Table
}

const MODES = ['alone', 'in a step, alone', 'three at once', 'in steps, three at once', 'mixed with others']

/** The text of docs/continuity.md. */
export function continuityDocument(columns: Column[]): string {
  return [
    INTRODUCTION,
    RULES,
    `## Figures\n\n${versions(columns)}`,
    sums(columns),
    `### Every way to write an order\n\n${WAYS_LEGEND}`,
    ways(columns),
    `### What must not join\n\n${ENCOUNTERS_LEGEND}`,
    encounters(columns, 'stranger'),
    '### Two operations that must not mix',
    encounters(columns, 'pair'),
    `### Known limits\n\n${LIMITS_LEGEND}`,
    encounters(columns, 'limit'),
    MEASURED,
  ].join('\n\n')
}

const versions = (columns: Column[]) => columns.map(({ table }) => table.version).join(', ')

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`
const table = (head: string[], rows: string[][]) =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n')
const engines = (columns: Column[]) => columns.map(({ engine }) => engine)
const unique = (names: string[]) => [...new Set(names)]
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

function sums(columns: Column[]): string {
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
    ['right requests', ...engines(columns)],
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

function ways(columns: Column[]): string {
  const names = unique(columns.flatMap(({ table: { verdicts } }) => verdicts.map(({ name }) => name)))
  const cell = ({ table: { verdicts } }: Column, name: string) =>
    MODES.map((mode) => verdicts.find((verdict) => verdict.name === name && verdict.mode === mode))
      .map((verdict) => (verdict ? `${verdict.right}/${verdict.requests}` : '–'))
      .join(' · ')
  const wrong = (name: string) =>
    columns
      .map(({ table: { verdicts } }) => sum(verdicts.filter((v) => v.name === name).map((v) => v.wrong)))
      .join(' · ')
  return table(
    ['way', ...engines(columns), 'wrong joins'],
    names.map((name) => [name, ...columns.map((column) => cell(column, name)), wrong(name)]),
  )
}

function encounters(columns: Column[], kind: EncounterKind): string {
  const of = ({ table: { encounters } }: Column) => encounters.filter((verdict) => verdict.kind === kind)
  const names = unique(columns.flatMap((column) => of(column).map(({ name }) => name)))
  return table(
    ['encounter', ...engines(columns)],
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
