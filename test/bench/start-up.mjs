import { inPage } from './in-page.mjs'

const THROTTLE = 4

/**
 * Time from handing the page a contender's script until tracing has started, in µs, each in a fresh page.
 * @returns {Promise<Map<string, { start: number }>>} by name
 */
export async function measureStarts(browser, origin, contenders) {
  const times = new Map()
  for (const contender of contenders) {
    times.set(contender.name, { start: await measureStart(browser, origin, contender) })
  }
  return times
}

const measureStart = (browser, origin, { name }) =>
  inPage(browser, `${origin}/empty`, async (page, session) => {
    // There before the clock runs: how it came is the network's time, not the thread's.
    await page.evaluate(fetchScript, `/${encodeURIComponent(name)}/script.js`)
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
    return page.evaluate(runScript)
  })

async function fetchScript(url) {
  const script = document.createElement('script')
  script.textContent = await (await fetch(url)).text()
  window.prepared = script
  // What the page still has to do from its own beginning, it does now.
  await new Promise((resolve) => requestIdleCallback(resolve))
}

function runScript() {
  const begin = performance.now()
  document.head.append(window.prepared)
  window.begin()
  return (performance.now() - begin) * 1000
}
