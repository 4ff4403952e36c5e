import { Link } from 'react-router'
import { useTexts } from '../texts/texts'
import { StatePage } from './state-page'

export function UnknownAddressPage() {
  const { texts } = useTexts()
  return (
    <StatePage title={texts.missing.title} text={texts.missing.text}>
      <Link className="primary" to="/">
        {texts.missing.home}
      </Link>
    </StatePage>
  )
}
