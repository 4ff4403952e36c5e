import { createApp } from 'vue'
import App from './app.vue'
import { createMes, mesKey } from './mes'
import { createMesRouter } from './router'
import { tracing } from './tracing'
import './style/base.css'
import './style/parts.css'
import './style/board.css'
import './style/order.css'
import './style/parked.css'

const mes = createMes(tracing)
void mes.session.refresh()
createApp(App).provide(mesKey, mes).use(createMesRouter()).mount('#app')
