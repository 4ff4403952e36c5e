import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Answer, Numbered, Question } from './protocol'
import { forget, keep, nothingSaid, type Said } from './said'

/** What the worker has said so far, and how to ask it. */
export interface Analysis extends Said {
  ask(question: Question): void
  /** Asks the last question of this kind once more. */
  again(kind: Question['kind']): void
}

export interface AnalysisOptions {
  startWorker(): Worker
  /** What it has to know first: where to read, or what is in the page. */
  first: Extract<Question, { kind: 'open' | 'load' }>
  onCsv(text: string): void
}

/** Starts the worker and keeps what it says. */
export function useAnalysis({ startWorker, first, onCsv }: AnalysisOptions): Analysis {
  const [said, setSaid] = useState(nothingSaid)
  const worker = useMemo(startWorker, [startWorker])
  const last = useRef(new Map<Question['kind'], Question>())
  const count = useRef(0)
  const ask = useMemo(() => {
    return (question: Question) => {
      const numbered: Numbered<Question> = { ...question, id: ++count.current }
      last.current.set(question.kind, question)
      setSaid((before) => forget(before, numbered))
      worker.postMessage(numbered)
    }
  }, [worker])
  const again = useMemo(() => {
    return (kind: Question['kind']) => {
      const question = last.current.get(kind)
      if (question) ask(question)
    }
  }, [ask])
  // In the task that made the worker: one that cannot be loaded says so once, perhaps before the page is painted.
  useLayoutEffect(() => {
    const hear = ({ data }: MessageEvent<Numbered<Answer>>) => {
      if (data.kind === 'csv') onCsv(data.text)
      else setSaid((before) => keep(before, data))
    }
    const fail = () => {
      const failure = { problem: 'other' as const, message: 'The worker of this page could not be loaded.' }
      setSaid((before) => keep(before, { id: 0, kind: 'problem', of: 'open', failure }))
    }
    worker.addEventListener('message', hear)
    worker.addEventListener('error', fail)
    return () => {
      worker.removeEventListener('message', hear)
      worker.removeEventListener('error', fail)
    }
  }, [worker, onCsv])
  useEffect(() => ask(first), [ask, first])
  return { ...said, ask, again }
}
