/**
 * Every span name and attribute name that ordertrace emits. People search Jaeger by them, so they are part of the public contract.
 * HTTP and URL names are those of the OpenTelemetry semantic conventions, https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export const ORDER_ID = 'order_id'
export const USER_ID = 'user_id'

/** Prefix of the span of an operation: `order.submit`; a step of it is `order.submit.<name>`. */
export const ORDER_SPAN_PREFIX = 'order.'
export const ORDER_STEP = 'order.step'
/** `confirmed`, `failed` or `abandoned`. */
export const ORDER_OUTCOME = 'order.outcome'
/** Why an operation failed or was abandoned. */
export const ORDER_REASON = 'order.reason'
/** Marks a span that was still open when the page went away. */
export const INTERRUPTED = 'ordertrace.interrupted'

/** Says that the device's clock was wrong by that, ms, as a server told; the span's times are right. */
export const CLOCK_SHIFT = 'ordertrace.clock.shift_ms'
/**
 * Put on a span by whoever receives spans from browsers and knows who is logged in there, where `user_id` is not that of the login: `other-login`,
 * `no-login`, or `unknown` where the login could not be asked. Never by the SDK.
 */
export const USER_UNCONFIRMED = 'ordertrace.user.unconfirmed'

/** Of the resource: how many spans were dropped since the last request. */
export const DROPPED_SPANS = 'ordertrace.spans.dropped'

export const SERVICE_NAME = 'service.name'
export const SERVICE_VERSION = 'service.version'
export const DEPLOYMENT_ENVIRONMENT = 'deployment.environment.name'
export const SDK_NAME = 'telemetry.sdk.name'
export const SDK_LANGUAGE = 'telemetry.sdk.language'
export const SDK_VERSION = 'telemetry.sdk.version'
export const SESSION_ID = 'session.id'

export const HTTP_METHOD = 'http.request.method'
export const HTTP_METHOD_ORIGINAL = 'http.request.method_original'
export const HTTP_STATUS = 'http.response.status_code'
export const URL_FULL = 'url.full'
export const SERVER_ADDRESS = 'server.address'
export const SERVER_PORT = 'server.port'
export const ERROR_TYPE = 'error.type'

/** A change of route in a single-page application: `route /orders/:id`. */
export const ROUTE_SPAN_PREFIX = 'route '
export const URL_TEMPLATE = 'url.template'

export const DOCUMENT_LOAD_SPAN = 'documentLoad'
export const DOCUMENT_FETCH_SPAN = 'documentFetch'
export const RESOURCE_FETCH_SPAN = 'resourceFetch'
export const DOCUMENT_RESOURCES = 'ordertrace.document.resources'
export const DOCUMENT_BYTES = 'ordertrace.document.transfer_size'
export const DOCUMENT_INTERACTIVE_MS = 'ordertrace.document.dom_interactive'
export const NAVIGATION_TYPE = 'ordertrace.navigation.type'
export const RESOURCE_INITIATOR = 'ordertrace.resource.initiator'
export const RESOURCE_BYTES = 'ordertrace.resource.transfer_size'
