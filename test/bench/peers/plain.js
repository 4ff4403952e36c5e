import { start } from './plain-opentelemetry.js'

window.startPlain = (url) => start(url)
