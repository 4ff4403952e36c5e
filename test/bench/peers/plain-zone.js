import { ZoneContextManager } from '@opentelemetry/context-zone'
import { start } from './plain-opentelemetry.js'

window.startPlain = (url) => start(url, new ZoneContextManager())
