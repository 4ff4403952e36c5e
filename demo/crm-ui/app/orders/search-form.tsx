import { type FormEvent, useEffect, useId, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import type { OrderCounts } from '../../../crm-api/orders'
import { isOrderStatus, orderStatuses } from '../../../parts/orders/order-status'
import { statusLabels } from '../../../ui/statuses'
import { useTexts } from '../texts/texts'
import { type Search, writeSearch } from './search'

/** Finds orders; what was looked for is in the address, to be sent to a colleague. */
export function SearchForm({ search, counts }: { search: Search; counts: OrderCounts | undefined }) {
  const { language, texts } = useTexts()
  const say = texts.orders
  const navigate = useNavigate()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  // Back and forward change the address without the field.
  useEffect(() => {
    if (field.current) field.current.value = search.text ?? ''
  }, [search.text])

  const find = (event: FormEvent) => {
    event.preventDefault()
    navigate(`/${writeSearch({ status: search.status, text: field.current?.value.trim() })}`)
  }
  const choose = (status: string) =>
    navigate(`/${writeSearch({ status: isOrderStatus(status) ? status : undefined, text: search.text })}`)
  return (
    <search>
      <form className="search" onSubmit={find}>
        <div className="field text">
          <label htmlFor={`${id}-text`}>{say.search}</label>
          <div className="row">
            <input
              id={`${id}-text`}
              ref={field}
              type="search"
              defaultValue={search.text}
              maxLength={64}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="o-…"
              aria-describedby={`${id}-hint`}
            />
            <button type="submit" className="secondary">
              {say.find}
            </button>
          </div>
          <p id={`${id}-hint`} className="hint">
            {say.searchHint}
          </p>
        </div>
        <div className="field">
          <label htmlFor={`${id}-status`}>{say.status}</label>
          <select id={`${id}-status`} value={search.status ?? ''} onChange={({ target }) => choose(target.value)}>
            <option value="">{say.anyStatus}</option>
            {orderStatuses.map((status) => (
              <option key={status} value={status}>
                {statusLabels[language][status]}
                {counts?.[status] ? ` (${counts[status]})` : ''}
              </option>
            ))}
          </select>
        </div>
        {writeSearch(search) && (
          <Link className="clear" to="/">
            {say.clear}
          </Link>
        )}
      </form>
    </search>
  )
}
