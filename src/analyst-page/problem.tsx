/** @jsxImportSource preact */
import { useSpeech } from './context'
import type { Failure } from './protocol'

/** Says what went wrong, and what to do. */
export function Problem({
  failure: { problem, message },
  onAgain,
  label,
}: {
  failure: Failure
  onAgain(): void
  /** What the button says. Default: to try again. */
  label?: string
}) {
  const { texts } = useSpeech()
  const { title, text } = texts.problems[problem]
  const isToldByJaeger = problem === 'refused' || problem === 'broken' || problem === 'other'
  const isLogin = problem === 'login'
  return (
    <div class="card problem" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      {isToldByJaeger && <p class="soft said">{message}</p>}
      <button type="button" onClick={isLogin ? () => location.reload() : onAgain}>
        {isLogin ? texts.again : (label ?? texts.again)}
      </button>
    </div>
  )
}
