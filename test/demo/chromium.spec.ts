import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import { ensureChromium } from '../../demo/setup/chromium.mjs'

const { CHROMIUM_PATH } = process.env
const log = () => undefined

test.afterEach(() => {
  if (CHROMIUM_PATH === undefined) delete process.env.CHROMIUM_PATH
  else process.env.CHROMIUM_PATH = CHROMIUM_PATH
})

test('brings a Chromium that starts, without the sandbox only as root', async () => {
  const found = await ensureChromium({ log })
  expect(found.args.includes('--no-sandbox')).toBe(process.getuid?.() === 0)
  const browser = await chromium.launch(found)
  expect(browser.version()).toMatch(/^\d+\./)
  await browser.close()
})

test('takes the one that CHROMIUM_PATH names before any other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chromium-'))
  const named = join(folder, 'my-chromium')
  await writeFile(named, '#!/bin/sh\n')
  await chmod(named, 0o755)
  process.env.CHROMIUM_PATH = named
  expect((await ensureChromium({ log })).executablePath).toBe(named)
  await rm(folder, { recursive: true })
})

test('says so when CHROMIUM_PATH names nothing', async () => {
  process.env.CHROMIUM_PATH = '/nowhere/chromium'
  await expect(ensureChromium({ log })).rejects.toThrow('CHROMIUM_PATH names /nowhere/chromium')
})
