import { Link } from 'react-router'
import { useTexts } from '../texts/texts'

export function BackToOrders() {
  const { texts } = useTexts()
  return (
    <p className="crumb">
      <Link to="/">← {texts.order.back}</Link>
    </p>
  )
}
