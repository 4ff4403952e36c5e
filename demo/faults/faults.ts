/** What can be broken on purpose while the demo runs, with how it looks from outside. */
export const faults = {
  'shop-db-lock': {
    ru: [
      'База магазина: таблица заказов заблокирована',
      'Оформить и подтвердить заказ можно, но ждать до трёх секунд.',
    ],
    en: ['Shop DB: the table of orders is locked', 'To submit or approve an order takes up to three seconds.'],
  },
  'shop-db-refuses': {
    ru: ['База магазина: новые заказы не сохраняются', 'Покупатель видит ошибку, заказа нет.'],
    en: ['Shop DB: new orders are not saved', 'The customer sees an error, and there is no order.'],
  },
  'files-slow': {
    ru: [
      'Хранилище 3D-моделей: каждый файл на три секунды дольше',
      'Медленно оформление заказа и открытие модели в CRM.',
    ],
    en: ['3D files: three seconds more for each file', 'To submit an order is slow, and to open a model in the CRM.'],
  },
  'files-refuse': {
    ru: ['Хранилище 3D-моделей: файлы не сохраняются', 'Покупатель видит ошибку, заказа нет.'],
    en: ['3D files: no file is stored', 'The customer sees an error, and there is no order.'],
  },
  'mes-db-lock': {
    ru: ['База MES: таблица заказов заблокирована', 'Оператор берёт и двигает заказы до трёх секунд.'],
    en: ['MES DB: the table of orders is locked', 'To take or move an order takes an operator up to three seconds.'],
  },
  'queue-slow': {
    ru: ['Очередь: MES и CRM разбирают её медленно', 'На каждое сообщение две секунды, остальные ждут.'],
    en: ['Queue: the MES and the CRM are slow to take messages', 'Each takes two seconds while the others wait.'],
  },
  'queue-loses': {
    ru: ['Очередь: MES не принимает сообщения', 'После всех попыток они отложены, заказы до MES не доходят.'],
    en: ['Queue: the MES takes no message', 'After all attempts they are parked, and the orders never reach the MES.'],
  },
} as const satisfies Record<string, Record<'ru' | 'en', readonly [what: string, effect: string]>>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as FaultName[]

/** Is this the name of a fault? */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name)
}
