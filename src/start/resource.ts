import type { Attributes } from '@opentelemetry/api'
import {
  DEPLOYMENT_ENVIRONMENT,
  SDK_LANGUAGE,
  SDK_NAME,
  SDK_VERSION,
  SERVICE_NAME,
  SERVICE_VERSION,
} from '../attributes'
import { VERSION } from '../version'
import type { CheckedOptions } from './check-options'

/** Who made the spans, said once a request. */
export function describeResource({ service, version, environment }: CheckedOptions): Attributes {
  return {
    [SERVICE_NAME]: service,
    ...(version && { [SERVICE_VERSION]: version }),
    ...(environment && { [DEPLOYMENT_ENVIRONMENT]: environment }),
    [SDK_NAME]: 'ordertrace',
    [SDK_LANGUAGE]: 'webjs',
    [SDK_VERSION]: VERSION,
  }
}
