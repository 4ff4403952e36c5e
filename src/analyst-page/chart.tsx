/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'

export type Colours = Record<'ink' | 'soft' | 'line' | 'normal' | 'slow' | 'error', string>

interface ChartProps {
  title: string
  about: string
  data: uPlot.AlignedData
  options(colours: Colours): Omit<uPlot.Options, 'width' | 'height'>
  /** The same figures for whoever cannot see the picture, or wants them exactly. */
  children: ComponentChildren
}

const HEIGHT = 230

/** A picture that uPlot draws, with its figures beside it as a table. */
export function Chart({ title, about, data, options, children }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const scheme = useScheme()
  useEffect(() => {
    const element = place.current
    if (!element) return
    const size = () => ({ width: Math.max(200, element.clientWidth), height: HEIGHT })
    const plot = new uPlot({ ...options(readColours(element)), ...size() }, data, element)
    const resized = new ResizeObserver(() => plot.setSize(size()))
    resized.observe(element)
    return () => {
      resized.disconnect()
      plot.destroy()
    }
  }, [data, options, scheme])
  return (
    <figure class="card">
      <figcaption>
        <h2>{title}</h2>
        <p class="soft">{about}</p>
      </figcaption>
      <div class="plot" ref={place} role="img" aria-label={`${title}. ${about}`} />
      {children}
    </figure>
  )
}

function readColours(element: Element): Colours {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: read('--ink'),
    soft: read('--soft'),
    line: read('--line'),
    normal: read('--normal'),
    slow: read('--slow'),
    error: read('--error'),
  }
}

/** Light or dark, as the person has it now. */
function useScheme(): string {
  const [query] = useState(() => matchMedia('(prefers-color-scheme: dark)'))
  const [isDark, setDark] = useState(query.matches)
  useEffect(() => {
    const follow = () => setDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [query])
  return isDark ? 'dark' : 'light'
}
