import { busyMicroseconds, inPage } from './in-page.mjs'

const THROTTLE = 4

/**
 * Time that the page's thread is busy from the page's asking for a contender's script, as a page does, until tracing has started, in µs; each in a fresh page.
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
    // What the page still has to do from its own beginning, it does now.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
    return busyMicroseconds(session, () => page.evaluate(runScript, `/${encodeURIComponent(name)}/script.js`))
  })

function runScript(src) {
  return new Promise((resolve) => {
    const onload = () => {
      window.begin()
      resolve()
    }
    document.head.append(Object.assign(document.createElement('script'), { src, onload }))
  })
}
