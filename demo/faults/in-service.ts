import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery } from '../parts/queue/queue'
import { readFaults } from './fault-file'
import type { FaultName } from './faults'

/** Longer than anybody waits without asking what is wrong, ms. */
const slowFileMs = 3000
const slowMessageMs = 2000

type Handle = (delivery: Delivery) => Promise<void>

/** Before a file is stored or read: waits or fails when that is broken on purpose. Nothing without `FAULTS_FILE`. */
export async function disturbFile(operation: 'put' | 'get'): Promise<void> {
  if (await isOn('files-slow')) await pause(slowFileMs)
  if (operation === 'put' && (await isOn('files-refuse'))) throw new Error('The storage is full (broken on purpose).')
}

/** Messages that met `queue-loses`: they stay unreadable when it is off again, or their retries would find them. */
const unreadable = new Set<string>()
/** More than wait at a time; the oldest have been parked long ago. */
const mostUnreadable = 1000

/** A consumer that is slow, or takes nothing, when that is broken on purpose. */
export function disturbConsumer(handle: Handle, { mayLose }: { mayLose: boolean }): Handle {
  return async (delivery) => {
    if (await isOn('queue-slow')) await pause(slowMessageMs)
    const isLosing = mayLose && (await isOn('queue-loses'))
    if (isLosing) unreadable.add(delivery.id)
    // Sent once more by hand, after the fault was mended: now it arrives.
    else if (delivery.attempt === 1) unreadable.delete(delivery.id)
    if (unreadable.size > mostUnreadable) unreadable.delete([...unreadable][0] ?? '')
    if (unreadable.has(delivery.id)) throw new Error('The message cannot be read (broken on purpose).')
    await handle(delivery)
  }
}

async function isOn(fault: FaultName): Promise<boolean> {
  const { FAULTS_FILE: file } = process.env
  return Boolean(file) && (await readFaults(file ?? '')).has(fault)
}
