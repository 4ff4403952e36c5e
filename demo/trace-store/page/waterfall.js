import { locale, text } from './texts.js'

/** As many services as have a colour of their own in page.css; further ones begin again. */
const COLOURS = 6
/** Rows at most: more than the longest order has, and few enough to be drawn at once. */
const ROWS = 2000

/** One row a span: its name indented by its depth, and its time as a bar; a row opens to show the attributes. */
export function drawWaterfall(trace) {
  const services = [...new Set(trace.spans.map((span) => span.service))]
  const rows = trace.spans.slice(0, ROWS).map((span) => {
    const name = make('span', { class: 'name' }, make('b', {}, span.service), ` ${span.name}`)
    name.style.setProperty('--depth', String(Math.min(span.depth, 12)))
    const facts = [
      formatDuration(span.duration),
      span.failed ? `✗ ${span.message}` : '',
      span.orphan ? text('orphan') : '',
    ]
    const summary = make(
      'summary',
      {},
      name,
      bar(span, trace),
      make('span', { class: 'time' }, facts.filter(Boolean).join(' · ')),
    )
    const row = make(
      'details',
      { class: `span c${services.indexOf(span.service) % COLOURS}` },
      summary,
      attributes(span),
    )
    if (span.failed) row.classList.add('failed')
    return row
  })
  const left = trace.spans.length - rows.length
  return left > 0 ? [...rows, make('p', {}, text('more', { count: left }))] : rows
}

function bar(span, trace) {
  const whole = trace.duration || 1
  const inner = make('i', {})
  // Through the style object, which the page's policy allows; a style attribute it would not.
  inner.style.left = `${(100 * (span.start - trace.start)) / whole}%`
  inner.style.width = `${Math.max(0.4, (100 * span.duration) / whole)}%`
  return make('span', { class: 'bar' }, inner)
}

function attributes(span) {
  const rows = span.attributes.flatMap(([key, value]) => [make('dt', {}, key), make('dd', {}, value)])
  return make('dl', { 'aria-label': text('attributes') }, make('dt', {}, 'span_id'), make('dd', {}, span.id), ...rows)
}

/** Milliseconds in the unit a person would say. */
export function formatDuration(milliseconds) {
  const [unit, value] =
    milliseconds < 1
      ? ['microsecond', milliseconds * 1000]
      : milliseconds < 1000
        ? ['millisecond', milliseconds]
        : ['second', milliseconds / 1000]
  const maximumFractionDigits = unit === 'microsecond' ? 0 : unit === 'millisecond' ? 1 : 2
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, maximumFractionDigits }).format(value)
}

/** Makes an element. Texts go in as text, never as markup: what is in a span comes from outside. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}
