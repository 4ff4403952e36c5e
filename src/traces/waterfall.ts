import { ORDER_ID, USER_ID } from '../attributes'
import type { ReceivedSpan } from '../otlp/received-span'
import { formatDuration } from './draw-trace'
import { groupTraces } from './group-traces'
import { type TreeRow, treeRows } from './trace-tree'

const WIDTH = 1200
const NAMES = 460
const DURATIONS = 80
const ROW = 22
const HEADING = 34
/** A picture of thousands of rows would open no report; the JSON beside it has them all. */
const MOST_ROWS = 400
/** A name that is longer is cut; the tool tip has it whole. */
const MOST_CHARACTERS = 62
/** Told apart with common colour blindness too (Okabe and Ito); red is for what failed. */
const COLOURS = ['#0072b2', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6d31']
const FAILED = '#c62828'

/** The traces as a picture (SVG) that needs nothing besides: a row a span, its time as a bar. */
export function drawWaterfall(spans: readonly ReceivedSpan[]): string {
  const services = [...new Set(spans.map(({ service }) => service))]
  let y = 0
  let rows = 0
  const parts: string[] = []
  for (const [traceId, trace] of groupTraces(spans)) {
    if (rows >= MOST_ROWS) {
      parts.push(text({ x: 12, y: y + 22, content: `and more: ${spans.length} spans in all, see the JSON` }))
      y += HEADING
      break
    }
    parts.push(heading(traceId, trace, y))
    y += HEADING
    const scale = createScale(trace)
    for (const row of treeRows(trace).slice(0, MOST_ROWS - rows)) {
      parts.push(drawRow(row, { y, scale, colour: colourOf(row.span, services) }))
      y += ROW
      rows++
    }
    y += 10
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 8}" viewBox="0 0 ${WIDTH} ${y + 8}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...parts,
    '</svg>',
  ].join('\n')
}

interface Scale {
  x(time: bigint): number
}

function createScale(trace: readonly ReceivedSpan[]): Scale {
  const start = trace.reduce(
    (least, span) => (span.startTime < least ? span.startTime : least),
    trace[0]?.startTime ?? 0n,
  )
  const end = trace.reduce((most, span) => (span.endTime > most ? span.endTime : most), start)
  const perNanosecond = (WIDTH - NAMES - DURATIONS - 12) / Math.max(1, Number(end - start))
  return { x: (time) => NAMES + Number(time - start) * perNanosecond }
}

function heading(traceId: string, trace: readonly ReceivedSpan[], y: number): string {
  const idOf = (name: string) => trace.map(({ attributes }) => attributes[name]).find((value) => value !== undefined)
  const ids = [ORDER_ID, USER_ID].flatMap((name) => {
    const id = idOf(name)
    return id === undefined ? [] : [`${name}=${id}`]
  })
  return [
    `<rect y="${y + 6}" width="100%" height="24" fill="#f1f3f5"/>`,
    text({ x: 12, y: y + 22, content: [`trace ${traceId}`, ...ids].join('   '), bold: true }),
  ].join('\n')
}

function drawRow(
  { span, depth, isOrphan }: TreeRow,
  { y, scale, colour }: { y: number; scale: Scale; colour: string },
): string {
  const from = scale.x(span.startTime)
  const width = Math.max(2, scale.x(span.endTime) - from)
  const failed = span.status.code === 'error'
  const label = `${span.service || '?'}: ${span.name}${isOrphan ? ' (its parent did not come)' : ''}`
  const indent = 12 + Math.min(depth, 12) * 14
  const room = MOST_CHARACTERS - Math.min(depth, 12) * 2
  const colourOfText = failed ? FAILED : '#212529'
  return [
    `<g><title>${inXml(tip(span, label))}</title>`,
    text({ x: indent, y: y + 15, content: cut(label, room), colour: colourOfText }),
    `<rect x="${from.toFixed(1)}" y="${y + 4}" width="${width.toFixed(1)}" height="${ROW - 8}" rx="2" fill="${colour}"/>`,
    text({ x: WIDTH - DURATIONS, y: y + 15, content: formatDuration(span.durationMs), colour: colourOfText }),
    '</g>',
  ].join('\n')
}

function tip(span: ReceivedSpan, label: string): string {
  const attributes = Object.entries(span.attributes).map(([name, value]) => `${name}: ${String(value)}`)
  return [label, span.status.message, ...attributes].filter(Boolean).join('\n')
}

const colourOf = (span: ReceivedSpan, services: string[]): string =>
  span.status.code === 'error' ? FAILED : (COLOURS[services.indexOf(span.service) % COLOURS.length] ?? '#0072b2')

function text({ x, y, content, colour = '#212529', bold }: TextOptions): string {
  return `<text x="${x}" y="${y}" fill="${colour}"${bold ? ' font-weight="600"' : ''}>${inXml(content)}</text>`
}

interface TextOptions {
  x: number
  y: number
  content: string
  colour?: string
  bold?: boolean
}

const cut = (label: string, room: number) => (label.length > room ? `${label.slice(0, room - 1)}…` : label)

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Also without the characters that XML knows no way to write: the browser would show an error in place of the picture. */
const inXml = (content: string): string =>
  content
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
