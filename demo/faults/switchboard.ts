import type { DatabaseFault } from './database-faults'
import { writeFaults } from './fault-file'
import { type FaultName, faultNames } from './faults'

/** Switches faults on and off, one change after the other. */
export class Switchboard {
  private readonly on = new Set<FaultName>()
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly file: string,
    private readonly databaseFaults: Partial<Record<FaultName, DatabaseFault>>,
  ) {}

  /** Nothing is broken at the start, whatever an earlier demo left behind. */
  reset(): Promise<void> {
    return this.inTurn(async () => {
      for (const fault of Object.values(this.databaseFaults)) await fault.stop()
      this.on.clear()
      await writeFaults(this.file, this.on)
    })
  }

  list(): { name: FaultName; on: boolean }[] {
    return faultNames.map((name) => ({ name, on: this.on.has(name) }))
  }

  /** Resolves when it is so. */
  switch(name: FaultName, on: boolean): Promise<void> {
    return this.inTurn(async () => {
      if (this.on.has(name) === on) return
      const fault = this.databaseFaults[name]
      await (on ? fault?.start() : fault?.stop())
      if (on) this.on.add(name)
      else this.on.delete(name)
      await writeFaults(this.file, this.on)
    })
  }

  private inTurn(fn: () => Promise<void>): Promise<void> {
    const turn = this.last.then(fn)
    this.last = turn.catch(() => undefined)
    return turn
  }
}
