import { ZoneContextManager } from '@opentelemetry/context-zone'
import { start } from './plain-opentelemetry.js'

window.tracer = start(new ZoneContextManager())
