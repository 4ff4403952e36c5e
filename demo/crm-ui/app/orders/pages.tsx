import { Link } from 'react-router'
import { useTexts } from '../texts/texts'
import { type Search, writeSearch } from './search'

/** The way to older orders, and back to the newest. */
export function Pages({ search, next }: { search: Search; next: string | null }) {
  const { texts } = useTexts()
  if (!search.after && !next) return null
  return (
    <nav className="pages" aria-label={texts.orders.pages}>
      {search.after && <Link to={`/${writeSearch({ ...search, after: undefined })}`}>← {texts.orders.newest}</Link>}
      {next && (
        <Link className="older" to={`/${writeSearch({ ...search, after: next })}`}>
          {texts.orders.older} →
        </Link>
      )}
    </nav>
  )
}
