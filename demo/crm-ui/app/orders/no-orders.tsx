import { Link } from 'react-router'
import { fillIn } from '../../../ui/language'
import { statusLabels } from '../../../ui/statuses'
import { useTexts } from '../texts/texts'
import { type Search, writeSearch } from './search'

/** An empty list: because there is nothing yet, nothing left to do, or nothing that fits. */
export function NoOrders({ search }: { search: Search }) {
  const { language, texts } = useTexts()
  const say = texts.orders
  const status = search.status && statusLabels[language][search.status]
  const [heading, text] = !writeSearch(search)
    ? [say.none, say.noneText]
    : status && !search.text
      ? [say.allDone, fillIn(say.allDoneText, { status })]
      : [say.notFound, say.notFoundText]
  return (
    <div className="empty" role="status">
      <h2>{heading}</h2>
      <p>{text}</p>
      {writeSearch(search) && <Link to="/">{say.showAll}</Link>}
    </div>
  )
}
