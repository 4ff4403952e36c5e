/** Kept equal to the package's by a test. */
export const VERSION = '0.1.0'
/** Of `@opentelemetry/api`, that spans and tracer are made for. */
export const API_VERSION = '1.9.1'
