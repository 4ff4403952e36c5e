/**
 * Whose a browser context is, when one test comes after the other. It is the test's in which it was opened, for ever: what it sends late is
 * not the next test's. What was opened between tests is shared, and so is a context whose tabs go on to another page in a later test.
 */
export interface ContextTurns<Context> {
  begin(): void
  end(): void
  opened(context: Context): void
  navigated(context: Context): void
  /** For what is not heard of again. */
  forget(context: Context): void
  /** Whether what the context sends belongs to the test that runs. */
  isOfThisTurn(context: Context): boolean
}

export function createContextTurns<Context>(): ContextTurns<Context> {
  let turns = 0
  /** Undefined: between two tests. */
  let turn: number | undefined
  const turnOf = new Map<Context, number | undefined>()
  const isOfAnother = (context: Context) => {
    const of = turnOf.get(context)
    return of !== undefined && of !== turn
  }
  return {
    begin: () => {
      turn = ++turns
    },
    end: () => {
      turn = undefined
    },
    opened: (context) => {
      if (!turnOf.has(context)) turnOf.set(context, turn)
    },
    navigated: (context) => {
      if (isOfAnother(context)) turnOf.set(context, turn)
    },
    forget: (context) => void turnOf.delete(context),
    isOfThisTurn: (context) => turn !== undefined && !isOfAnother(context),
  }
}
