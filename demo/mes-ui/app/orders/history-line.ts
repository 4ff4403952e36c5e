import type { Translation } from '../language/translation'
import type { HistoryEntry } from './order'

/** What happened, in words. */
export function describeEntry({ status, event }: HistoryEntry, translation: Translation): string {
  return translation.lookUp(`history.${event ?? status}`, translation.status(status))
}

/** Who did it: myself, a colleague by the id, or the shop's side. */
export function describeActor(
  operatorId: string | null,
  { userId, translation }: { userId: string; translation: Translation },
): string {
  if (operatorId === null) return translation.text('history.shop')
  return operatorId === userId ? translation.text('history.you') : operatorId
}
