/** @jsxImportSource preact */
import { render } from 'preact'
import type { Language } from '../analyst/words'
import { App } from './app'
import { findLanguage } from './texts'

// The page's entry: finds what it is about in its own document.
const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ''
const textOf = (id: string) => document.getElementById(id)?.textContent ?? ''

// All orders of a long time are many megabytes: they go to the worker as they are.
const report = textOf('report')
const first = report
  ? ({ kind: 'load', json: report } as const)
  : ({ kind: 'open', jaeger: address(meta('jaeger') || './') } as const)
const root = document.getElementById('page')
if (root)
  render(
    <App
      startWorker={startWorker}
      first={first}
      firstView={document.getElementById('report')?.dataset.view ?? ''}
      traceAddress={address(meta('jaeger-trace'))}
      elsewhere={{ traces: meta('traces'), leave: meta('leave') }}
      language={
        report && !location.search ? (document.documentElement.lang as Language) : findLanguage(location.search)
      }
    />,
    root,
  )

/** Absolute, since the worker has an address of its own. The braces of `{id}` are no part of an address and are kept. */
function address(relative: string): string {
  return relative && new URL(relative, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}')
}

/** In a file that holds everything the worker's code is a text in it. */
function startWorker(): Worker {
  const code = textOf('worker')
  if (!code) return new Worker('worker.js')
  return new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))
}
