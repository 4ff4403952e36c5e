/** How much one request may hold. A few kilobytes on the wire can become gigabytes in memory, so each is checked while reading. */
export interface OtlpLimits {
  /** The body in bytes, before and after decompression. Default 20 MiB, as in the OpenTelemetry Collector. */
  maxBytes?: number
  /** Resources, spans, events, attributes and values together, in protobuf: an empty one costs two bytes. Default 1,000,000. */
  maxMessages?: number
  /** How deep attribute values may be nested. Default 32. */
  maxDepth?: number
}

export const DEFAULT_LIMITS = { maxBytes: 20 * 1024 * 1024, maxMessages: 1_000_000, maxDepth: 32 }
