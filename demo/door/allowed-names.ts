import * as names from '../../src/attributes'

/** What a browser may say of a span: the SDK's own attributes. What is of the resource comes once a request, with the service. */
const ofResource: readonly string[] = [
  names.SERVICE_NAME,
  names.SERVICE_VERSION,
  names.DEPLOYMENT_ENVIRONMENT,
  names.SDK_NAME,
  names.SDK_LANGUAGE,
  names.SDK_VERSION,
  names.DROPPED_SPANS,
]

/** Names in `attributes.ts` that are none of attributes, or not the browser's to give. */
const notOfSpans: readonly string[] = [
  ...ofResource,
  names.USER_UNCONFIRMED,
  names.ORDER_SPAN_PREFIX,
  names.ROUTE_SPAN_PREFIX,
  names.DOCUMENT_LOAD_SPAN,
  names.DOCUMENT_FETCH_SPAN,
  names.RESOURCE_FETCH_SPAN,
]

export const resourceNames: ReadonlySet<string> = new Set(ofResource)
export const spanNames: ReadonlySet<string> = new Set(
  Object.values<string>(names).filter((name) => !notOfSpans.includes(name)),
)
/** A search by an id finds it in an event too, where nobody would look for the mark of one that is not confirmed. */
export const eventNames: ReadonlySet<string> = new Set(
  [...spanNames].filter((name) => name !== names.ORDER_ID && name !== names.USER_ID),
)
