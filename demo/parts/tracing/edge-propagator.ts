import {
  type Baggage,
  type Context,
  propagation,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api'
import { isId, isIdName } from '../orders/order-ids'

/**
 * Wraps the baggage propagator of a service that faces browsers: of what comes in, only a well-formed `order_id` and
 * `user_id` survive. Done here and not in a middleware, because spans copy the baggage before any middleware runs.
 */
export class EdgeBaggagePropagator implements TextMapPropagator {
  constructor(private readonly inner: TextMapPropagator) {}

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    this.inner.inject(context, carrier, setter)
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const extracted = this.inner.extract(context, carrier, getter)
    const baggage = propagation.getBaggage(extracted)
    return baggage ? propagation.setBaggage(extracted, keepIds(baggage)) : extracted
  }

  fields(): string[] {
    return this.inner.fields()
  }
}

function keepIds(baggage: Baggage): Baggage {
  const kept = baggage.getAllEntries().filter(([name, entry]) => isIdName(name) && isId(entry.value))
  return propagation.createBaggage(Object.fromEntries(kept.map(([name, { value }]) => [name, { value }])))
}
