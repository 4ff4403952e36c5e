import type { OtlpLimits } from '../otlp/limits'
import { messageOf } from '../otlp/refusal'
import type { Delivery } from '../traces/delivery'
import { type DeliveredRequest, readDelivery } from '../traces/read-delivery'
import { createTraceLog, type TraceLog } from '../traces/trace-log'
import { answered, type CollectorAnswer, type CollectorAnswering } from './collector-answer'
import { type Reply, replyTo } from './http-answer'

/** Where spans come in, whichever way a request comes: what came, and what is answered to it. */
export interface Intake {
  readonly log: TraceLog
  /** What is answered from now on; undefined: everything is taken. */
  answer: CollectorAnswering | undefined
  receive(request: DeliveredRequest): Promise<Received>
}

export interface Received {
  delivery: Delivery
  reply: Reply
  /** Whether the test wanted this reply. */
  isTold: boolean
}

export function createIntake(limits: OtlpLimits = {}, answer?: CollectorAnswering): Intake {
  const log = createTraceLog()
  const intake: Intake = {
    log,
    answer,
    async receive(request) {
      // As it was when the request came.
      const answering = intake.answer
      const { told, delivery } = await tell(answering, await readDelivery(request, limits))
      log.add(delivery)
      return { delivery, reply: replyTo(delivery, told), isTold: told !== undefined }
    },
  }
  return intake
}

interface Told {
  told: CollectorAnswer | undefined
  delivery: Delivery
}

async function tell(answering: CollectorAnswering | undefined, delivery: Delivery): Promise<Told> {
  try {
    const told = typeof answering === 'function' ? await answering(delivery) : answering
    return { told, delivery: told === undefined ? delivery : answered(delivery, told) }
  } catch (error) {
    // The test's own mistake: it reads of it in whatever fails next.
    const problems = [...delivery.problems, `The function that answers failed: ${messageOf(error)}`]
    const told = { status: 500 }
    return { told, delivery: answered({ ...delivery, problems }, told) }
  }
}
