import { Route, Routes } from 'react-router'
import { Frame } from './frame/frame'
import { UnknownAddressPage } from './frame/unknown-address-page'
import { OrderPage } from './order/order-page'
import { OrdersPage } from './orders/orders-page'
import { Gate } from './session/gate'
import { SessionProvider } from './session/session-provider'

/** The screens by their addresses. */
export function App() {
  return (
    <SessionProvider>
      <Frame>
        <Gate>
          <Routes>
            <Route path="/" element={<OrdersPage />} />
            <Route path="/orders/:id" element={<OrderPage />} />
            <Route path="*" element={<UnknownAddressPage />} />
          </Routes>
        </Gate>
      </Frame>
    </SessionProvider>
  )
}
