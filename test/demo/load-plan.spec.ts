import { expect, test } from '@playwright/test'
import { faultNames } from '../../demo/faults/faults'
import { readCommand } from '../../demo/launcher/mode'
import { faultsDuring, listStretches, planOrder } from '../../demo/load/plan'
import { Progress } from '../../demo/load/progress'
import { wholeWay } from '../../demo/walk/presses'

const orders = (count: number) => Array.from({ length: count }, (_, index) => index)

for (const count of [20, 100, 1000]) {
  test(`of ${count} orders some meet each fault, and most meet none`, () => {
    const met = orders(count).map((index) => faultsDuring(index, count))
    for (const name of faultNames) expect(met.flat(), name).toContain(name)
    expect(met.filter((faults) => faults.length === 0).length).toBeGreaterThan(count / 4)
  })
}

test('orders that meet the same stand together, and all are there once', () => {
  for (const count of [1, 20, 500]) {
    const stretches = listStretches(count)
    const listed = stretches.flatMap(({ from, until }) => orders(count).slice(from, until))
    expect(listed).toEqual(orders(count))
    for (const { from, until, broken } of stretches)
      for (const index of orders(count).slice(from, until)) expect(faultsDuring(index, count)).toEqual(broken)
    for (const [index, { broken }] of stretches.entries()) expect(broken).not.toEqual(stretches[index + 1]?.broken)
  }
})

test('some customers are slow, some go away, and some orders go all the way', () => {
  const plans = orders(100).map(planOrder)
  expect(plans.filter(({ isSlowBrowser }) => isSlowBrowser)).toHaveLength(10)
  expect(plans.filter(({ isAbandoned }) => isAbandoned)).toHaveLength(8)
  expect(plans.filter(({ steps }) => steps === wholeWay.length)).toHaveLength(34)
  expect(new Set(plans.map(({ steps }) => steps)).size).toBe(wholeWay.length + 1 - 3)
})

test('the progress is one line on a terminal, and a line for each tenth elsewhere', () => {
  const draw = (isTTY: boolean) => {
    const written: string[] = []
    const progress = new Progress(40, { isTTY, write: (more) => written.push(String(more)) > 0 })
    for (const done of orders(41)) progress.show(done, 'files-slow')
    progress.end()
    return written.join('')
  }
  expect(draw(true).match(/\n/g)).toHaveLength(1)
  expect(draw(true)).toContain('\r\x1b[K███████████████░░░░░░░░░░░░░░░  50 %  20/40  files-slow')
  expect(draw(false).split('\n')).toHaveLength(12)
})

test('the arguments of the demo', () => {
  expect(readCommand([])).toEqual({ mode: { name: 'run' }, jaeger: false })
  expect(readCommand(['--walk'])).toEqual({ mode: { name: 'walk' }, jaeger: false })
  expect(readCommand(['--load', '100'])).toEqual({ mode: { name: 'load', count: 100 }, jaeger: false })
  expect(readCommand(['--jaeger', '--load=100'])).toEqual({ mode: { name: 'load', count: 100 }, jaeger: true })
  expect(readCommand(['--walk', '--jaeger'])).toEqual({ mode: { name: 'walk' }, jaeger: true })
  for (const wrong of [['--load'], ['--load', '0'], ['--load', '1.5'], ['--load', 'many'], ['--load', '5', '6']]) {
    expect(() => readCommand(wrong), wrong.join(' ')).toThrow(/^--load takes a whole number from 1 to 10000/)
  }
  expect(() => readCommand(['--jump'])).toThrow(/^Unknown argument --jump/)
  expect(() => readCommand(['--walk', '--far'])).toThrow(/^Unknown argument --far/)
})
