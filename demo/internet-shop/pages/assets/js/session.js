import { api } from './api.js'
import { setUser } from './tracing.js'

/** The cookie is that of all tabs, so they tell each other when another customer is there. */
const tabs = new BroadcastChannel('shop-customer')
const listeners = []
let customer

/** Makes sure that the customer has a session (the Shop API keeps the one there is), and tells the tracing about it. */
export async function startSession() {
  const { userId } = await api('/session', { method: 'POST' })
  become(userId)
  return userId
}

/** Somebody has logged in here. */
export function changeCustomer(userId) {
  if (userId === customer) return
  become(userId)
  tabs.postMessage(userId)
}

/** Nobody is there any more; whoever comes next is a new customer. */
export async function endSession() {
  await api('/logout', { method: 'POST' })
  // Before the next request, which would otherwise go out in the name of the one who has left.
  setUser(undefined)
  tabs.postMessage(await startSession())
}

/** Runs `fn` when the customer has changed elsewhere, so that the page shows nobody what is another's. */
export function onOtherCustomer(fn) {
  listeners.push(fn)
}

function become(userId) {
  customer = userId
  setUser(userId)
}

function hear(userId) {
  if (userId === customer) return
  become(userId)
  for (const listener of listeners) listener()
}

tabs.addEventListener('message', ({ data }) => hear(data))
// Kept by the browser and shown again, the page has heard nothing meanwhile.
window.addEventListener('pageshow', async ({ persisted }) => {
  if (!persisted) return
  const { userId } = await api('/session', { method: 'POST' })
  hear(userId)
})
