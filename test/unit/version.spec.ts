import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { API_VERSION, VERSION } from '../../src/version'

test('the version that spans tell is the package’s', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(VERSION).toBe(version)
})

test('the version of the OpenTelemetry API that is registered is the one that the package depends on', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(dependencies['@opentelemetry/api']).toBe(API_VERSION)
})
