import { busyMicroseconds, inPage } from './in-page.mjs'

/** One order's requests; so few that what else the machine does hits all contenders alike. */
export const REQUESTS_IN_TURN = 15
const TURNS = 16
/** Turns that are not counted. */
const WARM_UP = 3

/**
 * Time that the page's thread was busy, in µs per request, without and with the sending of the spans. The contenders' pages take turns.
 * @param {number} open how many operations (or spans) besides are open meanwhile
 * @returns {Promise<Map<string, { traced: number, sent: number }>>} by name
 */
export async function measureRequests(browser, origin, contenders, open) {
  const busy = new Map(contenders.map(({ name }) => [name, { traced: 0, sent: 0 }]))
  const takeTurns = async (pages) => {
    for (let turn = -WARM_UP; turn < TURNS; turn++) {
      for (const { name, page, session } of pages) {
        const traced = await busyMicroseconds(session, () => page.evaluate(makeRequests, [REQUESTS_IN_TURN, open]))
        const sending = await busyMicroseconds(session, () => page.evaluate(sendSpans))
        if (turn < 0) continue
        busy.get(name).traced += traced / (REQUESTS_IN_TURN * TURNS)
        busy.get(name).sent += (traced + sending) / (REQUESTS_IN_TURN * TURNS)
      }
    }
  }
  const openPages = ([contender, ...others], pages) =>
    contender
      ? inPage(browser, `${origin}/${encodeURIComponent(contender.name)}?start`, (page, session) =>
          openPages(others, [...pages, { name: contender.name, page, session }]),
        )
      : takeTurns(pages)
  await openPages(contenders, [])
  return busy
}

/** In the page: requests one after the other. */
async function makeRequests([count, open]) {
  const run = async () => {
    for (let i = 0; i < count; i++) await fetch(`/api/orders?${i}`)
  }
  await (window.withOpen ? window.withOpen(open, run) : run())
}

const sendSpans = () => window.flush?.()
