import { createRoot } from 'react-dom/client'
import './tracing'

const root = document.getElementById('app')
if (root) createRoot(root).render(<p>CRM</p>)
