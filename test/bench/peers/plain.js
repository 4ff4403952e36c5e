import { start } from './plain-opentelemetry.js'

window.tracer = start()
