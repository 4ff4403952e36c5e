import type { Tracing } from 'ordertrace'
import { type InjectionKey, inject } from 'vue'
import { ApiError } from '../../ui/api'
import { createTranslation, type Translation } from './language/translation'
import { createNotices, type Notices } from './notices/notices'
import { type Board, createBoard } from './orders/board'
import { createPricing, type Pricing } from './orders/pricing'
import { createStepRunner, type StepRunner } from './orders/step-runner'
import { type CurrentSession, createCurrentSession, userOf } from './session/current-session'

/** Everything that the screens share. */
export interface Mes {
  tracing: Tracing
  translation: Translation
  session: CurrentSession
  board: Board
  pricing: Pricing
  steps: StepRunner
  notices: Notices
  /** Every problem that an answer of the API tells comes here too: it may end the session. */
  onProblem(error: unknown): void
}

export const mesKey: InjectionKey<Mes> = Symbol('mes')

/** Puts the parts together; the one place that knows them all. */
export function createMes(tracing: Tracing): Mes {
  const session = createCurrentSession(tracing, new BroadcastChannel('mes-session'))
  const onProblem = (error: unknown) => {
    if (!(error instanceof ApiError)) return
    if (error.status === 401) session.end()
    // The role may have been taken away: the session knows.
    else if (error.code === 'role_required') void session.refresh()
  }
  const board = createBoard(onProblem)
  const steps = createStepRunner({ tracing, userId: () => userOf(session.who.value) })
  steps.onSettled((_id, order) => {
    if (order) board.put(order)
    void board.refresh()
  })
  return {
    tracing,
    translation: createTranslation(),
    session,
    board,
    pricing: createPricing(onProblem),
    steps,
    notices: createNotices(),
    onProblem,
  }
}

/** What the screens share, inside of one. */
export function useMes(): Mes {
  const mes = inject(mesKey)
  if (!mes) throw new Error('There is no MES around this component.')
  return mes
}
