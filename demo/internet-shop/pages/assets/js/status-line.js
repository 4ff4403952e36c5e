import { formatDay } from './format.js'
import { text } from './language.js'
import { make } from './show.js'
import { STATUSES } from './statuses.js'

/** The nine steps of the order's way; each says in words whether it is behind, now or ahead. */
export function statusLine(order) {
  const current = STATUSES.indexOf(order.status)
  return STATUSES.map((status, index) => {
    const state = index < current ? 'done' : index === current ? 'current' : 'ahead'
    const at = order.history.find((moment) => moment.status === status)?.at
    const item = make(
      'li',
      { className: state, 'data-status': status },
      make('span', { className: 'name', textContent: text(status) }),
      make('span', { className: 'hidden', textContent: `, ${text(`status.${state}`)}` }),
      ...(at ? [make('time', { datetime: at, textContent: formatDay(at) })] : []),
    )
    if (state === 'current') item.ariaCurrent = 'step'
    return item
  })
}
