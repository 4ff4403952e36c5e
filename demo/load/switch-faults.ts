import type { FaultName } from '../faults/faults'

/** Switches faults so that exactly the wished ones are on. */
export class FaultSwitch {
  private on = new Set<FaultName>()

  constructor(private readonly faultsUrl: string) {}

  async set(wished: readonly FaultName[]): Promise<void> {
    for (const fault of this.on) if (!wished.includes(fault)) await this.put(fault, false)
    for (const fault of wished) if (!this.on.has(fault)) await this.put(fault, true)
    this.on = new Set(wished)
  }

  /** Mends all but these, and breaks nothing. */
  async keep(wished: readonly FaultName[]): Promise<void> {
    await this.set([...this.on].filter((fault) => wished.includes(fault)))
  }

  private async put(fault: FaultName, on: boolean): Promise<void> {
    const response = await fetch(`${this.faultsUrl}/faults/${fault}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ on }),
    })
    if (!response.ok) throw new Error(`${fault} could not be switched: ${response.status}`)
  }
}
