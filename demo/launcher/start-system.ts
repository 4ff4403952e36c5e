import type { RunningSystem, SystemOptions } from './running-system'
import { SystemStart } from './system-start'

export type { RunningSystem, SystemOptions }

/** Starts the company's system in small, each part waited for; if one fails, those already there are stopped again. */
export async function startSystem(options: SystemOptions = {}): Promise<RunningSystem> {
  const start = new SystemStart(options)
  try {
    return await start.run()
  } catch (error) {
    await start.stop()
    throw error
  }
}
