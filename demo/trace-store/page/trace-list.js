import { locale, text } from './texts.js'
import { formatDuration, make } from './waterfall.js'

/** The list of traces, each a button that calls `onChoose` with its trace. */
export function drawList(traces, { chosen, onChoose }) {
  return traces.map((trace) => {
    const button = make('button', { type: 'button' }, ...lines(trace))
    if (trace.id === chosen) button.ariaCurrent = 'true'
    button.addEventListener('click', () => onChoose(trace.id))
    return make('li', {}, button)
  })
}

function lines(trace) {
  const time = new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(new Date(trace.start))
  const count = text('spans', { count: trace.spans.length })
  const ids = [trace.orderId && `order_id ${trace.orderId}`, trace.userId && `user_id ${trace.userId}`].filter(Boolean)
  const errors = trace.failed ? [make('span', { class: 'failed' }, text('errors', { count: trace.failed }))] : []
  return [
    make('strong', {}, `${trace.root.service}: ${trace.root.name}`),
    make('span', { class: 'facts' }, [time, formatDuration(trace.duration), count].join(' · ')),
    ...ids.map((line) => make('span', { class: 'ids' }, line)),
    ...errors,
  ]
}
