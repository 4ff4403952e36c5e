// The ways that lead through a callback which zone.js does not follow, and how to write them so that the trace is kept: see ways.js.
import { goOn } from './callbacks.js'
import { called } from './pace.js'

/** How each comes to call back once. */
const STARTS = {
  requestIdleCallback: (callback) => requestIdleCallback(callback),
  MessageChannel(callback) {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = callback
    port2.postMessage(1)
  },
  BroadcastChannel(callback) {
    const name = `instead-${Math.random()}`
    const [from, to] = [new BroadcastChannel(name), new BroadcastChannel(name)]
    to.onmessage = callback
    from.postMessage(1)
  },
  ResizeObserver(callback) {
    const observer = new ResizeObserver(() => {
      observer.disconnect()
      callback()
    })
    observer.observe(document.body.appendChild(document.createElement('div')))
  },
  'scheduler.postTask': (callback) => scheduler.postTask(() => callback()),
  'a DOM event dispatched inside': (callback, { listenBefore }) =>
    listenBefore.dispatchEvent(new CustomEvent('go', { detail: callback })),
}

/** What comes once is awaited; what comes again and again is run in the order. */
const FORMS = {
  awaited: (start) => async (tools) => {
    await new Promise((resolve) => start(resolve, tools))
    await goOn(tools.call)()
  },
  'in order.run()': (start) => (tools) =>
    called((done) => start(() => tools.order.run(() => done(goOn(tools.call))), tools)),
}

/** Each way of which there is another form: the name of the way, the form, and the way so written. */
export const INSTEAD = Object.entries(STARTS).flatMap(([name, start]) =>
  Object.entries(FORMS).map(([form, write]) => ({ name, form, way: write(start) })),
)
