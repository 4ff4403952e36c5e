import { ApiError } from '../../../ui/api'
import { fillIn } from '../../../ui/language'
import type { Texts } from './texts'

/** What went wrong and what to do, in the reader's language; the API's own words are for the trace. */
export function explain(error: unknown, { errors }: Texts): string {
  const { code, status } = error instanceof ApiError ? error : { code: 'internal', status: 0 }
  const text = Object.hasOwn(errors, code) ? errors[code as keyof Texts['errors']] : errors.unknown
  return fillIn(text, { status })
}
