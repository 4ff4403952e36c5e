import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'
import { build } from './build.mjs'
import { end, findPort } from './rehearsal.mjs'

register()
const { createTraceStore } = await import('../trace-store/create-trace-store.ts')
const here = fileURLToPath(new URL('.', import.meta.url))
const otelcol = build('collector', '.', console.log)

/** What the configurations ask of the environment; nobody is there. */
const nobody = {
  KAFKA_BROKERS: 'none:9093',
  KAFKA_USER: 'none',
  KAFKA_PASSWORD: 'none',
  KAFKA_CA: '/dev/null',
  SAMPLERS: 'none',
}

/**
 * Runs a collector as it is configured in this folder, but for other ports and with a store of traces in memory behind it.
 * @param {string[]} files
 * @param {{ overlay: (storeUrl: string) => string, env?: Record<string, string>, run: (parts: { memory: any, pid: number }) => Promise<void> }} options
 *   `overlay`: the configuration that is laid over theirs
 */
export async function withCollector(files, { overlay, env = {}, run }) {
  console.log(`\n${files.join(' + ')}`)
  const temporary = mkdtempSync(join(tmpdir(), 'ordertrace-rehearse-'))
  const store = await createTraceStore()
  const overlays = [
    overlay(store.url),
    `extensions: { health_check: { endpoint: '127.0.0.1:${await findPort()}' } }`,
    // Without the metrics of its own, whose port is fixed.
    'service: { telemetry: { metrics: { level: none, readers: [] } } }',
  ].map((text, index) => {
    const file = join(temporary, `${index}.yaml`)
    writeFileSync(file, text)
    return file
  })
  const configs = [...files.map((one) => join(here, one)), ...overlays].flatMap((one) => ['--config', one])
  const child = spawn(otelcol, configs, {
    env: { ...process.env, ...nobody, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-2000)
  })
  try {
    await run({ memory: store.memory, pid: child.pid })
  } catch (error) {
    throw new Error(`${error.message}\n${said}`)
  } finally {
    await end(child)
    await store.stop()
    rmSync(temporary, { recursive: true })
  }
}
