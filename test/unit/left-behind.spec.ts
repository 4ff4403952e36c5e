import { expect, test } from '@playwright/test'
import { createLeftBehind } from '../../src/delivery/left-behind'
import type { Waiting } from '../../src/delivery/waiting'
import { createTab } from '../support/tab-storage'

const HEAD = '{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"ordertrace"},"spans":['
const span = (spanId: string): Waiting => {
  const json = JSON.stringify({ spanId })
  return { json, bytes: json.length, isOrder: true }
}
const ids = (waiting: readonly Waiting[]) => waiting.map(({ json }) => JSON.parse(json).spanId)

const other = (spanId: string): Waiting => ({ ...span(spanId), isOrder: false })

test('the next page sends again what was on its way, unless it finds the collector well; of orders, unless it finds it well at once', () => {
  for (const [isWell, ms, again] of [
    [true, 300, []],
    [true, 301, ['a']],
    [true, 5001, ['a', 'b']],
    [false, 0, ['a', 'b']],
  ] as const) {
    const tab = createTab()
    createLeftBehind(tab, true, () => 0).leave([span('a'), other('b')], HEAD)
    const next = createLeftBehind(tab, true, () => ms)
    expect(next.isOpen).toBe(true)
    expect(ids(next.settle(isWell))).toEqual(again)
    expect(createLeftBehind(tab).isOpen).toBe(false)
  }
})

test('where orders are not repeated they are as everything else', () => {
  for (const [isWell, again] of [
    [true, []],
    [false, ['a', 'b']],
  ] as const) {
    const tab = createTab()
    createLeftBehind(tab, true, () => 0).leave([span('a'), other('b')], HEAD)
    expect(ids(createLeftBehind(tab, false, () => 5000).settle(isWell))).toEqual(again)
  }
})

test('what was on its way long ago is sent again, however the collector is by now', () => {
  const tab = createTab()
  const at = (ms: number) => createLeftBehind(tab, false, () => ms)
  for (const [ms, again] of [
    [5000, []],
    [5001, ['a']],
    // A clock that was set back.
    [-5001, ['a']],
  ] as const) {
    at(0).leave([span('a')], HEAD)
    expect(ids(at(ms).settle(true))).toEqual(again)
  }
})

test('so is what a page that comes back after a while does not know of', () => {
  for (const [ms, again] of [
    [5000, []],
    [5001, ['a']],
  ] as const) {
    let now = 0
    const page = createLeftBehind(createTab(), false, () => now)
    const waiting = [span('a')]
    page.leave(waiting, HEAD)
    now = ms
    expect(page.stay(HEAD)).toBe(true)
    page.adopt(waiting)
    expect(ids(page.settle(true))).toEqual(again)
  }
})

test('what was answered in the last moment nobody asks for', () => {
  const tab = createTab()
  const page = createLeftBehind(tab)
  const [first, second] = [span('a'), span('b')]
  page.leave([first, second], HEAD)
  page.withdraw([first])
  expect(ids(createLeftBehind(tab).settle(false))).toEqual(['b'])
})

test('frames that go away together leave each its own', () => {
  const tab = createTab()
  const frames = [createLeftBehind(tab), createLeftBehind(tab)]
  frames[0]?.leave([span('a')], HEAD)
  frames[1]?.leave([span('b')], HEAD)
  expect(ids(createLeftBehind(tab).settle(false)).sort()).toEqual(['a', 'b'])
})

test('of two pages that come after, one takes over what was left', () => {
  const tab = createTab()
  createLeftBehind(tab).leave([span('a')], HEAD)
  const [one, other] = [createLeftBehind(tab), createLeftBehind(tab)]
  expect(ids(one.settle(false))).toEqual(['a'])
  expect(ids(other.settle(false))).toEqual([])
})

test('a page that goes away before it knew of an earlier one leaves that to the next', () => {
  const tab = createTab()
  createLeftBehind(tab).leave([span('a')], HEAD)
  createLeftBehind(tab).leave([span('b')], HEAD)
  expect(ids(createLeftBehind(tab).settle(false)).sort()).toEqual(['a', 'b'])
})

test('a page that comes back follows its own, and takes over what the page between has left', () => {
  const tab = createTab()
  const first = createLeftBehind(tab)
  first.leave([span('a')], HEAD)
  expect(first.stay(HEAD)).toBe(true)
  expect(createLeftBehind(tab).isOpen).toBe(false)

  first.leave([span('a')], HEAD)
  const between = createLeftBehind(tab)
  expect(ids(between.settle(false))).toEqual(['a'])
  between.leave([span('b')], HEAD)
  expect(first.stay(HEAD)).toBe(false)
  expect(ids(first.settle(false))).toEqual(['b'])
})

test('a page that comes back still knows what failed while it was away, and what an earlier page left', () => {
  const tab = createTab()
  createLeftBehind(tab).leave([span('a')], HEAD)
  const page = createLeftBehind(tab)
  expect(page.isOpen).toBe(true)
  const waiting = [span('b')]
  page.leave(waiting, HEAD)
  page.adopt(waiting)
  expect(page.stay(HEAD)).toBe(true)
  expect(ids(page.settle(false)).sort()).toEqual(['a', 'b'])
  expect(createLeftBehind(tab).isOpen).toBe(false)
})

test('a page that comes back lets go of it where another page has taken it over', () => {
  const tab = createTab()
  const page = createLeftBehind(tab)
  const waiting = [span('a')]
  page.leave(waiting, HEAD)
  page.adopt(waiting)
  expect(ids(createLeftBehind(tab).settle(false))).toEqual(['a'])
  expect(page.stay(HEAD)).toBe(false)
  expect(page.settle(false)).toEqual([])
})

test('what is too much to keep stays with the page that comes back', () => {
  const tab = createTab()
  const page = createLeftBehind(tab)
  page.leave([span('x'.repeat(200 * 1024))], HEAD)
  expect(createLeftBehind(tab).isOpen).toBe(false)
  expect(page.stay(HEAD)).toBe(true)
})

test('what another script wrote there is not ours', () => {
  for (const text of ['null', '7', '"x"', '{', '{"v":1,"at":1,"groups":[]}', '{"a":7,"b":null,"c":"{}"}']) {
    const tab = createTab()
    tab.write('ordertrace.left', text)
    expect(createLeftBehind(tab).isOpen, text).toBe(false)
  }
})
