import { fillIn, type Language } from '../../../ui/language'
import { statusLabels } from '../../../ui/statuses'
import { explain } from '../texts/explain'
import { type Texts, useTexts } from '../texts/texts'
import type { StepState } from './use-step'

/** How the last step ended. The two regions are always there, for a screen reader announces only what changes in them. */
export function StepResult({ result }: { result: StepState }) {
  const { language, texts } = useTexts()
  const failure = result.state === 'failed' ? describeFailure(result, language, texts) : undefined
  const isDone = result.state === 'done' || (result.state === 'failed' && result.isDoneAllTheSame)
  return (
    <>
      <p className={isDone ? 'notice good' : 'unseen'} role="status">
        {result.state === 'running' && texts.steps[result.step].running}
        {result.state === 'done' && texts.steps[result.step].done}
        {isDone && failure}
      </p>
      <p className={failure && !isDone ? 'notice error' : 'unseen'} role="alert">
        {!isDone && failure}
      </p>
    </>
  )
}

function describeFailure(
  { error, now, isDoneAllTheSame }: Extract<StepState, { state: 'failed' }>,
  language: Language,
  texts: Texts,
): string {
  if (!now) return `${explain(error, texts)} ${texts.failed.inDoubt}`
  const status = statusLabels[language][now.status]
  if (isDoneAllTheSame) return fillIn(texts.failed.stillDone, { status })
  return `${explain(error, texts)} ${fillIn(texts.failed.order, { status })}`
}
