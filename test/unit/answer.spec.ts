import { expect, test } from '@playwright/test'
import { readAnswer } from '../../src/delivery/answer'

/** Its head has come, its body never does. */
const begun = (status: number, headers: Record<string, string> = {}) =>
  new Response(new ReadableStream(), { status, headers })

test('the status tells of a refusal, whatever becomes of the body: the page may be gone before that has come', async () => {
  expect(await readAnswer(begun(503))).toEqual({ kind: 'unavailable', fault: 0 })
  expect(await readAnswer(begun(500))).toEqual({ kind: 'unavailable', fault: 500 })
  expect(await readAnswer(begun(403))).toEqual({ kind: 'refused', status: 403 })
  expect(await readAnswer(begun(429, { 'retry-after': '30' }))).toMatchObject({ afterMs: 30_000 })
  expect(await readAnswer(begun(200, { 'content-type': 'text/html' }))).toEqual({ kind: 'unavailable', fault: 0 })
})

test('what was taken is read to its end, for some of it may be rejected', async () => {
  const body = JSON.stringify({ partialSuccess: { rejectedSpans: '3' } })
  expect(await readAnswer(new Response(body))).toEqual({ kind: 'accepted', rejectedSpans: 3 })
  expect(await readAnswer(new Response('no JSON'))).toEqual({ kind: 'accepted', rejectedSpans: 0 })
})

test('a body that breaks off costs nothing but what it had to say', async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('cut off')) })
  expect(await readAnswer(new Response(broken))).toEqual({ kind: 'accepted', rejectedSpans: 0 })
})
