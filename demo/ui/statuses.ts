import type { orderStatuses } from '../parts/orders/order-status'
import type { Language } from './language'

/** What employees call the nine statuses. */
export const statusLabels: Record<Language, Record<(typeof orderStatuses)[number], string>> = {
  ru: {
    INITIATED: 'В корзине',
    SUBMITTED: 'Оформлен',
    PRICE_CALCULATED: 'Цена рассчитана',
    MANUFACTURING_APPROVED: 'Подтверждён',
    MANUFACTURING_STARTED: 'В работе',
    MANUFACTURING_COMPLETED: 'Изготовлен',
    PACKAGING: 'Упакован',
    SHIPPED: 'Отправлен',
    CLOSED: 'Закрыт',
  },
  en: {
    INITIATED: 'In the cart',
    SUBMITTED: 'Submitted',
    PRICE_CALCULATED: 'Priced',
    MANUFACTURING_APPROVED: 'Approved',
    MANUFACTURING_STARTED: 'In production',
    MANUFACTURING_COMPLETED: 'Made',
    PACKAGING: 'Packed',
    SHIPPED: 'Shipped',
    CLOSED: 'Closed',
  },
}
