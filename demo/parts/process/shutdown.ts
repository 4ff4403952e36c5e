/** How long a service may take to end by itself before it is ended by force, ms. */
const deadline = 5000

type Step = () => Promise<unknown> | unknown

const steps: { order: number; run: Step }[] = []
let begun = false

/** When a step runs: requests finish first, then messages, then the connections close, and spans of all are sent last. */
export const stage = { requests: 1, messages: 2, connections: 3, telemetry: 4 } as const

/** Registers what must happen before the process ends on SIGTERM or SIGINT. */
export function onShutdown(order: number, run: Step): void {
  if (steps.length === 0) listen()
  steps.push({ order, run })
}

function listen(): void {
  process.once('SIGTERM', shutDown)
  process.once('SIGINT', shutDown)
}

async function shutDown(): Promise<void> {
  if (begun) return
  begun = true
  setTimeout(() => process.exit(1), deadline).unref()
  for (const step of steps.sort((a, b) => a.order - b.order)) {
    await Promise.resolve()
      .then(step.run)
      .catch((error: unknown) => console.error('while stopping:', error))
  }
  process.exit(0)
}
