import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { VERSION } from '../../src/version'

test('the version that spans tell is the package’s', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(VERSION).toBe(version)
})
