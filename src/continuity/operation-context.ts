import type { Context } from '@opentelemetry/api'
import { contextKey } from '../spans/root-context'

/** What the running code is part of: the operation that a context belongs to. */
export interface OperationScope {
  /** An ended operation is never inherited. */
  readonly isOpen: boolean
  readonly orderId: string | undefined
  readonly userId: string | undefined
  requestStarted(): void
  /** @param failure why the request failed; `undefined` if it succeeded */
  requestSettled(failure: string | undefined): void
}

const OPERATION = contextKey('ordertrace operation')

export const operationOf = (context: Context): OperationScope | undefined =>
  context.getValue(OPERATION) as OperationScope | undefined

export const withOperation = (context: Context, operation: OperationScope): Context =>
  context.setValue(OPERATION, operation)
