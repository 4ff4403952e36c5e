import { ru as crm } from '../crm-ui/app/texts/ru'
import { ru as mes } from '../mes-ui/app/language/ru'
import type { Press } from './employee'

/** The buttons of the two UIs, by the step that each begins; the pages are in Russian. */
export const presses = {
  price: {
    step: 'price',
    button: mes['step.price'],
    async fill(page) {
      await page.getByRole('radio').first().check()
      await page.getByRole('button', { name: mes['price.confirm'].split('{')[0]?.trim() ?? '' }).click()
    },
  },
  take: { step: 'take', button: mes['step.take'] },
  start: { step: 'start', button: mes['step.start'] },
  complete: { step: 'complete', button: mes['step.complete'] },
  package: { step: 'package', button: mes['step.package'] },
  model: { step: 'model', button: crm.model.download },
  approve: { step: 'approve', button: crm.steps.approve.action },
  ship: { step: 'ship', button: crm.steps.ship.action },
  close: { step: 'close', button: crm.steps.close.action },
} satisfies Record<string, Press>

export type PressName = keyof typeof presses

/** Who of the test employees works where. */
export const workers = {
  manager: { name: 'Мария Орлова', steps: ['model', 'approve', 'ship', 'close'] },
  operator: { name: 'Анна Лебедева', steps: ['price', 'take', 'start', 'complete', 'package'] },
} as const satisfies Record<string, { name: string; steps: readonly PressName[] }>

export type Worker = keyof typeof workers

/** Who begins this step. */
export function workerOf(step: PressName): Worker {
  return (workers.manager.steps as readonly PressName[]).includes(step) ? 'manager' : 'operator'
}

/** All steps of an order after its submission, as they follow each other. */
export const wholeWay: readonly PressName[] = [
  'price',
  'model',
  'approve',
  'take',
  'start',
  'complete',
  'package',
  'ship',
  'close',
]
