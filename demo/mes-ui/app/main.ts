import { createApp } from 'vue'
import App from './app.vue'
import './tracing'

createApp(App).mount('#app')
