/** @jsxImportSource preact */
import type { View } from './address'
import { useSpeech } from './context'
import { Figures, type FiguresProps } from './figures'
import { Problem } from './problem'
import type { Question } from './protocol'
import { ReadingLine } from './reading-line'

export interface OverviewProps extends Omit<FiguresProps, 'answer' | 'onCsv'> {
  onChange(change: Partial<View>): void
  onAgain(): void
}

/** Beside the reading, what can go wrong with the page as a whole. */
const kinds = ['open', 'load', 'report', 'csv'] as const satisfies Question['kind'][]

/** All orders of a time: every question of the analyst on one page. */
export function Overview({ onAgain, ...props }: OverviewProps) {
  const { analysis, view, onChange } = props
  const { texts } = useSpeech()
  const { report: answer, reading, problems, ask, again } = analysis
  const isBroken = problems.open ?? problems.load
  return (
    <>
      {kinds.map((kind) => {
        const failure = problems[kind]
        return failure && <Problem key={kind} failure={failure} onAgain={() => again(kind)} />
      })}
      {!isBroken && (
        <ReadingLine
          reading={reading}
          hasReport={answer !== undefined}
          onStop={() => ask({ kind: 'stop' })}
          onGoOn={() => ask({ kind: 'go-on' })}
          onAgain={onAgain}
        />
      )}
      {view.userId && (
        <p class="chosen">
          {texts.ofUser(view.userId)}{' '}
          <button type="button" class="link" onClick={() => onChange({ userId: '' })}>
            {texts.allUsers}
          </button>
        </p>
      )}
      {answer && answer.count > 0 && <Figures {...props} answer={answer} onCsv={() => ask({ kind: 'csv' })} />}
      {answer && answer.count === 0 && (
        <div class="card empty">
          <h2>{texts.empty.title}</h2>
          <p>{texts.empty.text}</p>
        </div>
      )}
    </>
  )
}
