/** Gives `measure` a fresh page, in a process of its own, with a DevTools session. */
export async function inPage(browser, url, measure) {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(url)
    return await measure(page, session)
  } finally {
    await context.close()
  }
}

/** Time that the page's thread is busy while `work` goes on, in µs. */
export async function busyMicroseconds(session, work) {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1e6
  }
  const before = await read()
  await work()
  return (await read()) - before
}
