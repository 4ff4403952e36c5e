import { fillIn } from '../../../ui/language'
import { PageTitle } from '../frame/page-title'
import { useTexts } from '../texts/texts'
import { CopyNumber } from './copy-number'

/** The number, which support asks for, with a button that copies it. */
export function OrderTitle({ id }: { id: string }) {
  const { texts } = useTexts()
  return (
    <div className="order-title">
      <PageTitle title={fillIn(texts.order.title, { id })}>
        {texts.order.heading} <span className="code">{id}</span>
      </PageTitle>
      <CopyNumber id={id} />
    </div>
  )
}
