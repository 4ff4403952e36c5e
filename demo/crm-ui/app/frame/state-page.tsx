import type { ReactNode } from 'react'
import { PageTitle } from './page-title'

/** A screen that says why there is nothing else here, and what to do. */
export function StatePage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="state-page">
      <PageTitle title={title} />
      <p>{text}</p>
      {children}
    </section>
  )
}
