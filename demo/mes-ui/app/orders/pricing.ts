import { type ShallowRef, shallowRef } from 'vue'
import type { Material } from '../../../mes-api/price'
import { ask } from './board'
import type { Order } from './order'

export interface MaterialPrice {
  material: Material
  /** Of all pieces, in kopecks; computed by the API alone. */
  price: number
}

/** The choice of the material, which decides the price of an order. */
export interface Pricing {
  /** The order whose price is being chosen; nothing when none is. */
  readonly order: ShallowRef<Order | undefined>
  readonly prices: ShallowRef<MaterialPrice[] | undefined>
  readonly problem: ShallowRef<unknown>
  open(order: Order): Promise<void>
  close(): void
}

/** Creates it, with no order. */
export function createPricing(onProblem: (error: unknown) => void): Pricing {
  const order = shallowRef<Order>()
  const prices = shallowRef<MaterialPrice[]>()
  const problem = shallowRef<unknown>()
  return {
    order,
    prices,
    problem,
    async open(chosen) {
      order.value = chosen
      prices.value = problem.value = undefined
      try {
        const answer = await ask<{ prices: MaterialPrice[] }>(`/api/orders/${encodeURIComponent(chosen.id)}/prices`)
        if (order.value === chosen) prices.value = answer.prices
      } catch (error) {
        if (order.value === chosen) problem.value = error
        onProblem(error)
      }
    },
    close() {
      order.value = undefined
    },
  }
}
