import { createAnalysis } from './analysis'
import type { Answer, Numbered, Question } from './protocol'

// The page's worker: one analysis, questions in, answers out. Typed by hand, for the types of a worker and of a page exclude each other.
interface WorkerScope {
  postMessage(answer: Numbered<Answer>): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Numbered<Question>>) => void): void
}

const scope = globalThis as unknown as WorkerScope
const analysis = createAnalysis((answer) => scope.postMessage(answer))
scope.addEventListener('message', ({ data }) => analysis.ask(data))
