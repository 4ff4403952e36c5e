import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
/** The smallest peer that also keeps a trace across asynchronous code has 23.5 kB. */
const LIMIT_KB = 22
/** Other versions of zlib differ by a few bytes. */
const ROUNDING_KB = 0.15

test('the size that the README promises is the size of the script', () => {
  const promised = Number(/one script, \*\*([\d.]+) kB\*\* gzip/.exec(read('README.md'))?.[1])
  const code = read('dist/ordertrace.min.js').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')
  const actual = gzipSync(code, { level: 9 }).length / 1000
  expect(Math.abs(actual - promised), `the script has ${actual} kB`).toBeLessThanOrEqual(ROUNDING_KB)
  expect(actual).toBeLessThanOrEqual(LIMIT_KB)
})
