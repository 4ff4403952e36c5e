import { start } from './plain-opentelemetry.js'

window.startPlain = () => start()
