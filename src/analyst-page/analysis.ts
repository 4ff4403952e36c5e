import { findAffected } from '../analyst/affected'
import { compareTimes } from '../analyst/before'
import { writeCsv } from '../analyst/csv'
import { stepOf } from '../analyst/order-spans'
import { readLife } from '../analyst/read-life'
import { makeReport } from '../analyst/report'
import { describeWaterfall } from '../analyst/waterfall'
import { createJaegerClient, type JaegerClient } from '../jaeger/client'
import { describeFailure } from './failure'
import { createPace } from './pace'
import type { Answer, Choice, EmbeddedReport, Numbered, Part, Question, Shown } from './protocol'
import { type ReadTime, readOn, readTime, shareRead, unreadTime } from './reading'

/** An order's life is looked for in so many days at least. */
const LIFE_MS = 100 * 86_400_000
const CLOCK_MS = 3_600_000

/** What the last `read` or `load` is about. */
interface Found extends Record<Part, ReadTime> {
  /** Of the question. */
  id: number
  isReading: boolean
}

type Asked<K extends Question['kind']> = Numbered<Extract<Question, { kind: K }>>

/** Reads and computes what the page asks for, and hands the answers over as they come. */
export function createAnalysis(answer: (answer: Numbered<Answer>) => void): {
  ask(question: Numbered<Question>): void
} {
  let client: JaegerClient | undefined
  let embedded: EmbeddedReport | undefined
  let found: Found | undefined
  let shown: Shown = { slowerThan: undefined, top: 20, outcome: 'confirmed' }
  let reading = new AbortController()

  function report(): void {
    if (!found) return
    const { id, now, before } = found
    const { which, checkouts, completeness } = now
    // Of nothing there is nothing to say yet.
    if (checkouts.length === 0 && !now.isWhole) return
    const { slowerThan = embedded?.slowerThan, top, outcome } = shown
    const made = makeReport(checkouts, { ...which, slowerThan, top, outcome })
    const isThere = before.isWhole || before.checkouts.length > 0
    const other = isThere && {
      ...{ from: before.which.from, to: before.which.to, slowerThan: made.slowerThan },
      completeness: before.completeness,
    }
    answer({
      ...{ id, kind: 'report', report: made, which, completeness, count: checkouts.length },
      affected: findAffected(checkouts, made.slowerThan),
      before: other ? compareTimes(checkouts, before.checkouts, other) : undefined,
    })
  }

  async function readPart(own: Found, part: Part, signal: AbortSignal): Promise<void> {
    const [time, pace] = [own[part], createPace()]
    if (time.isWhole || !client) return
    const onSlice = () => {
      answer({ id: own.id, kind: 'progress', part, done: shareRead(time), count: time.checkouts.length })
      // The time before is compared with as a whole.
      if (part === 'now') pace.perhaps(report)
    }
    await readOn(client, time, { signal, onSlice })
    report()
  }

  async function read(own: Found): Promise<void> {
    reading.abort()
    reading = new AbortController()
    const { signal } = reading
    found = own
    own.isReading = true
    let part: Part = 'now'
    try {
      await readPart(own, part, signal)
      part = 'before'
      await readPart(own, part, signal)
      answer({ id: own.id, kind: 'end', part, how: 'whole' })
    } catch (error) {
      // Another question took its place.
      if (found !== own) return
      report()
      if (signal.aborted) answer({ id: own.id, kind: 'end', part, how: 'stopped' })
      else answer({ id: own.id, kind: 'end', part, how: 'failed', failure: describeFailure(error) })
    } finally {
      own.isReading = false
    }
  }

  function begin({ id, which, before }: Asked<'read'>): Promise<void> {
    const earlier = { ...which, from: before, to: before + which.to - which.from }
    return read({ id, isReading: false, now: unreadTime(which), before: unreadTime(earlier) })
  }

  function load({ id, json }: Asked<'load'>): void {
    embedded = JSON.parse(json) as EmbeddedReport
    const { which, jaeger, before } = embedded
    const earlier = before ? readTime(before) : unreadTime({ ...which, to: which.from })
    found = { id, isReading: false, now: readTime(embedded), before: earlier }
    answer({ id, kind: 'opened', about: { which, jaeger, against: before?.against } })
    report()
    answer({ id, kind: 'end', part: 'now', how: 'whole' })
  }

  async function findChoices(id: number): Promise<void> {
    if (!client) return
    const choices: Choice[] = []
    for (const service of await client.services()) {
      const names = await client.operations(service)
      for (const name of new Set(names)) {
        const step = stepOf({ name, attributes: {} })
        if (step) choices.push({ service, step })
      }
    }
    answer({ id, kind: 'choices', choices })
  }

  async function findLife({ id, orderId, from = Infinity }: Asked<'life'>): Promise<void> {
    if (!client) return
    const now = Date.now()
    const time = { from: Math.min(from, now - LIFE_MS), to: now + CLOCK_MS }
    const { life, complete } = await readLife(client, { orderId, ...time })
    answer({ id, kind: 'life', life, isWhole: complete })
  }

  async function findTrace({ id, traceId }: Asked<'trace'>): Promise<void> {
    const known = embedded?.waterfalls.find((waterfall) => waterfall.traceId === traceId)
    const trace = known ? undefined : await client?.trace(traceId)
    answer({ id, kind: 'trace', traceId, waterfall: known ?? (trace && describeWaterfall(trace)) })
  }

  async function start(question: Numbered<Question>): Promise<void> {
    switch (question.kind) {
      case 'open':
        client = createJaegerClient({ url: question.jaeger })
        return
      case 'load':
        return load(question)
      case 'choices':
        return findChoices(question.id)
      case 'read':
        return begin(question)
      case 'go-on':
        return found && !found.isReading ? read(found) : undefined
      case 'stop':
        return reading.abort()
      case 'report':
        shown = question
        return report()
      case 'csv':
        return answer({ id: question.id, kind: 'csv', text: writeCsv(found?.now.checkouts ?? []) })
      case 'life':
        return findLife(question)
      case 'trace':
        return findTrace(question)
    }
  }

  return {
    ask(question) {
      start(question).catch((error: unknown) => {
        const about = question.kind === 'trace' ? { traceId: question.traceId } : {}
        answer({ id: question.id, kind: 'problem', of: question.kind, failure: describeFailure(error), ...about })
      })
    },
  }
}
