/** @jsxImportSource preact */
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { Language } from '../analyst/words'
import { startOfOther, timeOf, type View } from './address'
import { SpeechContext, speechIn } from './context'
import { CopyLink } from './copy-link'
import { Filters } from './filters'
import { LifeView } from './life-view'
import { Overview } from './overview'
import { Problem } from './problem'
import { sayTime } from './say-time'
import { rememberLanguage } from './texts'
import { type AnalysisOptions, useAnalysis } from './use-analysis'
import { useView } from './use-view'

export interface AppProps {
  startWorker(): Worker
  /** Where to read, or what is in the page already: then nothing is asked of a server. */
  first: AnalysisOptions['first']
  /** The query of the view where the page's address says nothing; empty for the usual one. */
  firstView: string
  /** Where Jaeger shows a trace, `{id}` for its id; empty for nowhere. */
  traceAddress: string
  /** Where else one goes from here; empty for nowhere. */
  elsewhere: { traces: string; leave: string }
  language: Language
}

/** The whole page. */
export function App({ startWorker, first, firstView, traceAddress, elsewhere, language: firstLanguage }: AppProps) {
  const [language, setLanguage] = useState(firstLanguage)
  const speech = useMemo(() => speechIn(language), [language])
  const { texts, words } = speech
  const [view, change] = useView(firstView)
  const saveCsv = useCallback(
    (text: string) => download(`${view.service}-${view.step}.csv`, text),
    [view.service, view.step],
  )
  const analysis = useAnalysis({ startWorker, first, onCsv: saveCsv })
  const isEmbedded = first.kind === 'load'
  const { ask } = analysis
  const { service, step, period, from, to, against, userId, slowerThan, top, outcome, orderId, traceId } = view

  const read = useCallback(() => {
    if (isEmbedded) return
    const time = timeOf({ period, from, to } as View, Date.now())
    const which = { service, step, ...time, userId: userId || undefined }
    ask({ kind: 'read', which, before: startOfOther({ against }, time) })
  }, [ask, isEmbedded, service, step, period, from, to, against, userId])
  useEffect(() => {
    if (!orderId) read()
  }, [read, orderId])
  useEffect(() => ask({ kind: 'report', slowerThan, top, outcome }), [ask, slowerThan, top, outcome])
  useEffect(() => {
    if (!isEmbedded) ask({ kind: 'choices' })
  }, [ask, isEmbedded])
  useEffect(() => {
    if (orderId && !isEmbedded) ask({ kind: 'life', orderId, from })
  }, [ask, orderId, from, isEmbedded])
  useEffect(() => {
    if (traceId) ask({ kind: 'trace', traceId })
  }, [ask, traceId])
  useEffect(() => {
    document.documentElement.lang = language
    document.title = orderId ? `${texts.lifeOf(orderId)} · ${texts.title}` : texts.title
  }, [language, orderId, texts])

  const { about } = analysis
  const address = about?.jaeger ? `${about.jaeger}/trace/{id}` : traceAddress
  const jaegerLink = (id: string) => address.replace('{id}', id)
  const otherLanguage = language === 'ru' ? 'en' : 'ru'
  const { life, choices } = analysis.problems
  return (
    <SpeechContext.Provider value={speech}>
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <header class="top">
        <p class="brand">{texts.brand}</p>
        <div class="row">
          {!isEmbedded && <CopyLink view={view} shown={analysis.report?.which} />}
          <button
            type="button"
            class="quiet"
            lang={otherLanguage}
            onClick={() => {
              rememberLanguage(otherLanguage)
              setLanguage(otherLanguage)
            }}
          >
            {texts.otherLanguage}
          </button>
          {elsewhere.traces && <a href={elsewhere.traces}>{texts.traces}</a>}
          {elsewhere.leave && <a href={elsewhere.leave}>{texts.leave}</a>}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {!orderId && <h1>{texts.title}</h1>}
        {about && (
          <p class="soft">
            {about.which.service}: {words.steps[about.which.step] ?? about.which.step}.{' '}
            {sayTime(about.which.from, words.locale)} – {sayTime(about.which.to, words.locale)}.
          </p>
        )}
        {!isEmbedded && <Filters view={view} choices={analysis.choices} onChange={change} />}
        {/* Where nothing else can be read either, that is what there is to say. */}
        {choices && analysis.report && <p class="soft">{texts.choicesFailed(choices.message)}</p>}
        {orderId && life && <Problem failure={life} onAgain={() => ask({ kind: 'life', orderId, from })} />}
        {orderId && !life && (
          <LifeView
            orderId={orderId}
            life={analysis.life?.life}
            isWhole={analysis.life?.isWhole ?? true}
            traceId={traceId}
            traces={analysis.traces}
            jaegerLink={jaegerLink}
            onTrace={(id) => change({ traceId: id })}
            onTraceAgain={(id) => ask({ kind: 'trace', traceId: id })}
            onBack={() => change({ orderId: '', traceId: '' })}
          />
        )}
        {!orderId && (
          <Overview
            analysis={analysis}
            view={view}
            onChange={change}
            onAgain={read}
            jaegerLink={jaegerLink}
            onOrder={isEmbedded ? undefined : (id) => change({ orderId: id, traceId: '' })}
            onUser={isEmbedded ? undefined : (id) => change({ userId: id, traceId: '' })}
          />
        )}
      </main>
    </SpeechContext.Provider>
  )
}

function download(name: string, text: string): void {
  // With a byte order mark, without which Excel takes it for another alphabet.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
