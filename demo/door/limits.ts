/** How much one sender may ask of the door. The SDK's own limits are in brackets; each of ours is well beyond. */
export interface DoorLimits {
  /** A request's body, before and after decompression, bytes (48 KiB, or one span that is larger). */
  bodyBytes: number
  /** How long the headers of a request may take, ms. */
  headersMs: number
  /** How long a body may take, ms (after 10 s the SDK gives up itself). */
  bodyMs: number
  /** Spans in a request (what goes into 48 KiB, some 70). */
  spans: number
  /** Attributes of a span (128). */
  attributes: number
  /** Events and links of a span, each (32). */
  events: number
  /** An attribute's or name's text (1,024); the rest is cut off. */
  characters: number
  /** How long ago a span may have begun, ms: a page that waited over a weekend, and three days in the browser's storage. */
  oldestMs: number
  /** How far in the future it may end, ms: a device's clock, before a server has told the page the time. */
  aheadMs: number
  /** What `address` and `user` are counted in, s. */
  windowSeconds: number
  /** Of an address, in that time: there may be an office behind it, or a mobile network. */
  address: Rate
  /** Of somebody who is logged in, in that time. */
  user: Rate
  /** Bodies that are read at once, of one address. */
  atOnce: number
  /** Bodies that are read at once, of all together. */
  atOnceOfAll: number
}

export interface Rate {
  requests: number
  /** A page whose collector was down for long has 2,900 at once. */
  spans: number
}

export const doorLimits: DoorLimits = {
  bodyBytes: 256 * 1024,
  headersMs: 10_000,
  bodyMs: 8000,
  spans: 500,
  attributes: 128,
  events: 32,
  characters: 1024,
  oldestMs: 7 * 24 * 3600_000,
  aheadMs: 24 * 3600_000,
  windowSeconds: 10,
  address: { requests: 300, spans: 3000 },
  user: { requests: 60, spans: 3000 },
  atOnce: 32,
  atOnceOfAll: 512,
}
