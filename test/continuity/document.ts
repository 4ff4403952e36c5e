import { type Column, encounters, sums, ways } from './document-tables'
import { ENCOUNTERS_LEGEND, INTRODUCTION, LIMITS_LEGEND, MEASURED, RULES, WAYS_LEGEND } from './document-texts'
import { type ZoneTables, zoneSection } from './zone-document'

/** The text of docs/continuity.md: `columns` by engine, and what the page that runs on zone.js gave. */
export function continuityDocument(columns: Column[], zoned: ZoneTables): string {
  return [
    INTRODUCTION,
    RULES,
    `## Figures\n\n${versions(columns)}`,
    sums(columns),
    `### Every way to write an order\n\n${WAYS_LEGEND}`,
    ways(columns),
    `### What must not join\n\n${ENCOUNTERS_LEGEND}`,
    encounters(columns, ({ kind }) => kind === 'stranger'),
    '### Two operations that must not mix',
    encounters(columns, ({ kind }) => kind === 'pair'),
    `### Known limits\n\n${LIMITS_LEGEND}`,
    encounters(columns, ({ kind }) => kind === 'limit'),
    zoneSection(zoned),
    MEASURED,
  ].join('\n\n')
}

const versions = (columns: Column[]) => columns.map(({ table }) => table.version).join(', ')
