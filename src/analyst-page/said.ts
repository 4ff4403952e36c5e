import type { Waterfall } from '../analyst/waterfall'
import type { Answer, Failure, Numbered, Part, Question } from './protocol'

type Of<K extends Answer['kind']> = Extract<Answer, { kind: K }>
type Kind = Question['kind']

/** How far the reading is. `asked`: nothing has come yet. */
export type Reading =
  | { state: 'asked' }
  | { state: 'reading'; part: Part; done: number; count: number }
  | { state: 'whole' | 'stopped'; part: Part }
  | { state: 'failed'; part: Part; failure: Failure }

/** A trace that was asked for: found, not there any more (`null`), or why it could not be had. */
export type FoundTrace = Waterfall | null | Failure

/** What the worker has said so far, of the last question of each kind. */
export interface Said {
  about: Of<'opened'>['about'] | undefined
  choices: Of<'choices'>['choices']
  reading: Reading
  report: Of<'report'> | undefined
  life: Of<'life'> | undefined
  /** By trace id. */
  traces: ReadonlyMap<string, FoundTrace>
  problems: Partial<Record<Kind, Failure>>
  /** The number of the last question of each kind. */
  asked: Partial<Record<Kind, number>>
}

export const nothingSaid: Said = {
  about: undefined,
  choices: [],
  reading: { state: 'asked' },
  report: undefined,
  life: undefined,
  traces: new Map(),
  problems: {},
  asked: {},
}

/** What a new question makes old. */
export function forget(before: Said, { kind, id, ...question }: Numbered<Question>): Said {
  const problems = { ...before.problems, [kind]: undefined }
  const next = { ...before, problems, asked: { ...before.asked, [kind]: id } }
  if (kind === 'read' || kind === 'load') return { ...next, report: undefined, reading: { state: 'asked' } }
  if (kind === 'go-on') return { ...next, reading: { state: 'asked' } }
  if (kind === 'life') return { ...next, life: undefined }
  if ('traceId' in question) {
    const traces = new Map(before.traces)
    traces.delete(question.traceId)
    return { ...next, traces }
  }
  return next
}

/** Adds an answer; one to an earlier question than the last of its kind says nothing any more. */
export function keep(before: Said, answer: Numbered<Answer>): Said {
  const isOfLast = (kind: Kind) => answer.id === before.asked[kind]
  const isOfReading = isOfLast('read') || isOfLast('load')
  switch (answer.kind) {
    case 'opened':
      return { ...before, about: answer.about }
    case 'choices':
      return isOfLast('choices') ? { ...before, choices: answer.choices } : before
    case 'progress': {
      const { part, done, count } = answer
      return isOfReading ? { ...before, reading: { state: 'reading', part, done, count } } : before
    }
    case 'report':
      return isOfReading ? { ...before, report: answer } : before
    case 'end':
      return isOfReading ? { ...before, reading: readingOf(answer) } : before
    case 'life':
      return isOfLast('life') ? { ...before, life: answer } : before
    case 'trace':
      return { ...before, traces: new Map(before.traces).set(answer.traceId, answer.waterfall ?? null) }
    case 'problem':
      return keepProblem(before, answer)
    default:
      return before
  }
}

function readingOf(end: Of<'end'>): Reading {
  return end.how === 'failed'
    ? { state: 'failed', part: end.part, failure: end.failure }
    : { state: end.how, part: end.part }
}

function keepProblem(before: Said, { id, of, failure, traceId }: Numbered<Of<'problem'>>): Said {
  if (traceId !== undefined) return { ...before, traces: new Map(before.traces).set(traceId, failure) }
  // The worker itself has none of our numbers.
  if (id !== before.asked[of] && id !== 0) return before
  return { ...before, problems: { ...before.problems, [of]: failure } }
}
