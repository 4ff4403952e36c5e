import type { Browser } from '@playwright/test'
import { type Employee, openEmployee } from '../walk/employee'
import { type PressName, presses, type Worker, workerOf, workers } from '../walk/presses'

/** An order on its way through the company. */
interface Job {
  orderId: string
  steps: PressName[]
  tries: number
}

/** How long an employee looks at an order that is not ready yet, ms, and how often before it counts as stuck. */
const lookMs = 1500
const mostTries = 4

/** The manager and the operator, each working off the orders that wait for the next step of theirs. */
export class Workshop {
  private readonly waiting: Record<Worker, Job[]> = { manager: [], operator: [] }
  private readonly wake: Record<Worker, () => void> = { manager: () => undefined, operator: () => undefined }
  private open = 0
  private isClosing = false
  /** How far the orders have come. */
  readonly counts = { done: 0, refused: 0, stuck: 0 }

  constructor(
    private readonly browser: Browser,
    private readonly urls: Record<Worker, string>,
  ) {}

  add(orderId: string, steps: readonly PressName[]): void {
    this.open++
    this.pass({ orderId, steps: [...steps], tries: 0 })
  }

  /** Works until `close` was called and nothing waits any more. */
  async work(): Promise<void> {
    await Promise.all((['manager', 'operator'] as const).map((worker) => this.workAs(worker)))
  }

  close(): void {
    this.isClosing = true
    this.wakeAll()
  }

  private async workAs(worker: Worker): Promise<void> {
    const person = await openEmployee(this.browser, this.urls[worker], workers[worker].name)
    while (!(this.isClosing && this.open === 0)) {
      const job = this.waiting[worker].shift()
      if (job) await this.take(person, job)
      else
        await new Promise<void>((resolve) => {
          this.wake[worker] = resolve
        })
    }
    await person.page.context().close()
  }

  private async take(person: Employee, job: Job): Promise<void> {
    const [step] = job.steps
    if (!step) return
    const status = await person.press(job.orderId, presses[step], lookMs).catch(() => undefined)
    if (status === 200) this.pass({ ...job, steps: job.steps.slice(1), tries: 0 })
    else if (status !== undefined) this.leave('refused')
    else if (job.tries + 1 < mostTries) this.pass({ ...job, tries: job.tries + 1 })
    else this.leave('stuck')
  }

  private pass(job: Job): void {
    const [step] = job.steps
    const worker = step && workerOf(step)
    if (!worker) this.leave('done')
    else {
      this.waiting[worker].push(job)
      this.wake[worker]()
    }
  }

  private leave(how: keyof Workshop['counts']): void {
    this.counts[how]++
    this.open--
    this.wakeAll()
  }

  private wakeAll(): void {
    for (const wake of Object.values(this.wake)) wake()
  }
}
