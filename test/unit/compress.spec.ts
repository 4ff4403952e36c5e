import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { compress, plain } from '../../src/delivery/compress'

const text = (characters: string, times: number) => characters.repeat(times)
const read = ({ content }: { content: Uint8Array }) => Buffer.from(content).toString()

const native = globalThis.CompressionStream
test.afterEach(() => {
  globalThis.CompressionStream = native
})

test('what is compressed is smaller, and the same when it is read', async () => {
  for (const long of [text('span', 1000), text('Größe € заказ 💍', 100), text('x', 3_000_000)]) {
    const body = await compress(long)
    expect(body.encoding).toBe('gzip')
    expect(body.content.length).toBeLessThan(Buffer.byteLength(long) / 5)
    expect(gunzipSync(body.content).toString() === long).toBe(true)
  }
})

test('what hardly gets smaller comes through in whole as well, in however many pieces', async () => {
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('base64')
  const long = text(random, 5)
  const { content, encoding } = await compress(long)
  expect(encoding).toBe('gzip')
  expect(content.length).toBeGreaterThan(100_000)
  expect(gunzipSync(content).toString() === long).toBe(true)
})

test('a small text goes as it is, by its bytes on the wire', async () => {
  for (const [small, encoding] of [
    ['', undefined],
    [text('x', 511), undefined],
    [text('x', 512), 'gzip'],
    [text('€', 170), undefined],
    [text('€', 171), 'gzip'],
  ] as const) {
    const body = await compress(small)
    expect(body.encoding, small).toBe(encoding)
    if (!encoding) expect(read(body)).toBe(small)
  }
})

test('as it is, a text is UTF-8 to the last byte', () => {
  for (const one of ['', 'span', 'Größe € заказ 💍']) {
    const body = plain(one)
    expect([read(body), body.content.length, body.encoding]).toEqual([one, Buffer.byteLength(one), undefined])
  }
})

test('a browser that has no gzip, or fails at it, sends everything as it is', async () => {
  const long = text('Größe', 1000)
  class Failing {
    constructor() {
      throw new TypeError('gzip')
    }
  }
  /** Takes everything, and breaks when it is read. */
  class Breaking {
    writable = new WritableStream()
    readable = new ReadableStream({ pull: (controller) => controller.error(new TypeError('gzip')) })
  }
  for (const broken of [undefined, Failing, Breaking]) {
    globalThis.CompressionStream = broken as unknown as typeof native
    const body = await compress(long)
    expect([read(body) === long, body.encoding], broken?.name).toEqual([true, undefined])
  }
})
