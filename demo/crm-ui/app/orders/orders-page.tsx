import { useSearchParams } from 'react-router'
import type { OrderCounts, OrderList } from '../../../crm-api/orders'
import { useAnswer } from '../answers/use-answer'
import { Failure } from '../frame/failure'
import { Freshness } from '../frame/freshness'
import { Loading } from '../frame/loading'
import { PageTitle } from '../frame/page-title'
import { useTexts } from '../texts/texts'
import { NoOrders } from './no-orders'
import { OrderListView } from './order-list'
import { Pages } from './pages'
import { readSearch, writeSearch } from './search'
import { SearchForm } from './search-form'
import { WaitingOrders } from './waiting-orders'

/** `/`: the orders of all customers, and first what waits for a manager. */
export function OrdersPage() {
  const { texts } = useTexts()
  const [params] = useSearchParams()
  const search = readSearch(params)
  const counts = useAnswer<OrderCounts>('/api/orders/counts')
  const list = useAnswer<OrderList>(`/api/orders${writeSearch(search)}`)
  const reload = async () => {
    void counts.reload()
    return list.reload()
  }
  return (
    <div className="orders-page">
      <div className="heading">
        <PageTitle title={texts.orders.title} />
        <Freshness of={{ ...list, reload }} />
      </div>
      <WaitingOrders of={counts} chosen={search.status} />
      <SearchForm search={search} counts={counts.answer} />
      <section aria-label={texts.orders.list} aria-busy={list.isLoading}>
        <Orders list={list.answer} error={list.error} onRetry={reload} />
        {list.answer && <Pages search={search} next={list.answer.next} />}
      </section>
    </div>
  )
}

function Orders({ list, error, onRetry }: { list: OrderList | undefined; error: unknown; onRetry: () => void }) {
  const [params] = useSearchParams()
  if (list && list.orders.length > 0) return <OrderListView orders={list.orders} />
  if (list) return <NoOrders search={readSearch(params)} />
  return error === undefined ? <Loading /> : <Failure error={error} onRetry={onRetry} />
}
