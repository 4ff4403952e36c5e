import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './app'
import './styles/base.css'
import './styles/frame.css'
import './styles/orders.css'
import './styles/order.css'
import { LanguageProvider } from './texts/language-provider'
import './tracing'

const root = document.getElementById('app')
if (root) {
  createRoot(root).render(
    <LanguageProvider>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </LanguageProvider>,
  )
}
