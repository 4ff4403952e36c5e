/** What a test is allowed (see testharnessreport.js), and room for the page to come and go. */
const LIMIT_MS = { short: 20_000 + 20_000, long: 60_000 + 20_000 }

/**
 * Opens one test in a context of its own: no cookies, cache or service worker of another.
 * @returns {Promise<Map<string, { isPassed: boolean, message: string }>>} by subtest; what the test did not tell is not there
 */
export async function openTest(browser, url, { isLong }, mode) {
  const context = await browser.newContext()
  try {
    await context.addInitScript(mode.script)
    const page = await context.newPage()
    const told = new Promise((resolve) => {
      page.on('console', (message) => {
        const text = message.text()
        if (message.type() === 'debug' && text.startsWith('platform-tests ')) resolve(JSON.parse(text.slice(15)))
      })
      page.on('crash', () => resolve(undefined))
    })
    page.goto(url).catch(() => {})
    let timer
    const limit = new Promise((resolve) => {
      timer = setTimeout(resolve, isLong ? LIMIT_MS.long : LIMIT_MS.short)
    })
    const results = await Promise.race([told, limit])
    clearTimeout(timer)
    if (results && results.mode !== mode.name)
      throw new Error(`${url} ran in the mode ${results.mode}, not ${mode.name}`)
    return bySubtest(results)
  } finally {
    await context.close()
  }
}

/** Of the whole file: an error outside its subtests, say. */
export const WHOLE = '(the whole file)'

function bySubtest(results) {
  const found = new Map()
  if (!results) return found
  const { status, message, subtests } = results
  found.set(WHOLE, { isPassed: status === 0, message: message ?? '' })
  for (const [name, subtestStatus, subtestMessage] of subtests) {
    // Several may have one name.
    let key = name
    for (let number = 2; found.has(key); number++) key = `${name} (${number})`
    found.set(key, { isPassed: subtestStatus === 0, message: subtestMessage ?? '' })
  }
  return found
}
