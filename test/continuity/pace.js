// What the code of the tables waits by. Nothing here knows of operations.
export const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
export const soon = async (isSo) => {
  while (!isSo()) await later(1)
}
/** Settles with what `start` hands to its parameter, from a callback that nobody awaits. */
export const called = (start) =>
  new Promise((resolve, reject) => start((work) => Promise.resolve(work()).then(resolve, reject)))

/** What a stranger does again and again, and how often it has; not while it is still at it, or its requests would block all others. */
export function again(work) {
  let isBusy = false
  const state = { times: 0, stop: () => clearInterval(timer) }
  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    state.times++
    Promise.resolve(work()).finally(() => {
      isBusy = false
    })
  }, 3)
  return state
}

export function openable() {
  let open
  const gate = new Promise((resolve) => {
    open = resolve
  })
  return { gate, open }
}
