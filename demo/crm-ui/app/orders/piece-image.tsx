import bracelet from '../../../internet-shop/pages/assets/images/bracelet-link.svg'
import brooch from '../../../internet-shop/pages/assets/images/brooch-swift.svg'
import earrings from '../../../internet-shop/pages/assets/images/earrings-fern.svg'
import pendant from '../../../internet-shop/pages/assets/images/pendant-drop.svg'
import common from '../../../internet-shop/pages/assets/images/piece.svg'
import ring from '../../../internet-shop/pages/assets/images/ring-dawn.svg'
import signet from '../../../internet-shop/pages/assets/images/ring-signet.svg'

/** The shop's own drawings, so that managers see what customers see. */
const images: Record<string, string> = {
  'ring-dawn': ring,
  'ring-signet': signet,
  'pendant-drop': pendant,
  'earrings-fern': earrings,
  'bracelet-link': bracelet,
  'brooch-swift': brooch,
}

/** The drawing of a piece, four by three; its name stands beside it. */
export function PieceImage({ productId, width }: { productId: string; width: number }) {
  return <img className="piece" src={images[productId] ?? common} alt="" width={width} height={(width * 3) / 4} />
}
