import { Link } from 'react-router'
import { fillIn } from '../../../ui/language'
import { StatePage } from '../frame/state-page'
import { useTexts } from '../texts/texts'

export function UnknownOrder({ id }: { id: string }) {
  const { texts } = useTexts()
  return (
    <StatePage title={texts.order.unknown} text={fillIn(texts.order.unknownText, { id })}>
      <Link className="primary" to="/">
        {texts.missing.home}
      </Link>
    </StatePage>
  )
}
