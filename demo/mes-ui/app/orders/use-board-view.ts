import { computed, onScopeDispose } from 'vue'
import { useRoute } from 'vue-router'
import { useClock } from '../clock'
import { useMes } from '../mes'
import { userOf } from '../session/current-session'
import { arrange, type Lane, pickLane, readView, type View, views } from './lanes'
import { countLate } from './waiting'

/** With all lanes on the screen, those orders count that wait longest; the rest is one touch away. */
const cardsOfLane = { forMe: 6, forOthers: 3 }

/** The board as the address asks for it. */
export function useBoardView() {
  const { board, session } = useMes()
  const route = useRoute()
  const now = useClock()
  onScopeDispose(board.start())

  const view = computed(() => readView(route.query.show))
  const userId = computed(() => userOf(session.who.value) ?? '')
  const orders = computed(() => board.value.value ?? [])
  const inView = (name: View) =>
    name === 'all' ? orders.value : pickLane(orders.value, { view: name, userId: userId.value }).orders
  const tiles = computed(() =>
    views.map((name) => ({
      name,
      count: inView(name).length,
      late: countLate(inView(name), now.value),
      to: { name: 'board', query: name === 'all' ? {} : { show: name } },
      isCurrent: name === view.value,
    })),
  )
  const arrangement = computed(() => arrange(orders.value, userId.value))
  const single = computed(() =>
    view.value === 'all' ? undefined : pickLane(orders.value, { view: view.value, userId: userId.value }),
  )
  return { board, tiles, arrangement, single, beginningOf, now }
}

function beginningOf({ name, orders }: Lane) {
  return orders.slice(0, name === 'to-price' || name === 'to-take' ? cardsOfLane.forMe : cardsOfLane.forOthers)
}
