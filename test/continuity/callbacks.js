// The ways that lead through a callback of the browser's; see ways.js.
import { called } from './pace.js'

/** A callback goes on for two requests, with a native await between them. */
export const goOn = (call) => async () => {
  await (await call('first')).text()
  await call('last')
}

function openDatabase() {
  return new Promise((resolve) => {
    const request = indexedDB.open(`continuity-${Math.random()}`)
    request.onupgradeneeded = () => request.result.createObjectStore('orders')
    request.onsuccess = () => resolve(request.result)
  })
}

export const CALLBACKS = {
  setTimeout: ({ call }) => called((done) => setTimeout(() => done(goOn(call)), 2)),
  setInterval: ({ call }) =>
    called((done) => {
      let turns = 0
      const timer = setInterval(() => {
        if (++turns < 3) return
        clearInterval(timer)
        done(goOn(call))
      }, 2)
    }),
  requestAnimationFrame: ({ call }) => called((done) => requestAnimationFrame(() => done(goOn(call)))),
  requestIdleCallback: ({ call }) => called((done) => requestIdleCallback(() => done(goOn(call)))),
  queueMicrotask: ({ call }) => called((done) => queueMicrotask(() => done(goOn(call)))),
  MessageChannel: ({ call }) =>
    called((done) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done(goOn(call))
      port2.postMessage(1)
    }),
  'MessageChannel by addEventListener': ({ call }) =>
    called((done) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', { handleEvent: () => done(goOn(call)) }, { once: true })
      port1.start()
      port2.postMessage(1)
    }),
  BroadcastChannel: ({ call }) =>
    called((done) => {
      const name = `continuity-${Math.random()}`
      const [from, to] = [new BroadcastChannel(name), new BroadcastChannel(name)]
      to.onmessage = () => done(goOn(call))
      from.postMessage(1)
    }),
  'Worker message': ({ call }) =>
    called((done) => {
      const worker = new Worker('/echo-worker.js')
      worker.onmessage = () => {
        worker.terminate()
        done(goOn(call))
      }
      worker.postMessage(1)
    }),
  'WebSocket message': ({ call }) =>
    called((done) => {
      const socket = new WebSocket(`ws://${location.host}/echo`)
      socket.onopen = () => socket.send('x')
      socket.onmessage = () => {
        socket.close()
        done(goOn(call))
      }
    }),
  IndexedDB: ({ call }) =>
    called(async (done) => {
      const database = await openDatabase()
      const store = database.transaction('orders', 'readwrite').objectStore('orders')
      store.put('x', 'key').onsuccess = () => {
        store.get('key').onsuccess = () => done(goOn(call))
      }
    }),
  FileReader: ({ call }) =>
    called((done) => {
      const reader = new FileReader()
      reader.onload = () => done(goOn(call))
      reader.readAsText(new Blob(['solid ring']))
    }),
  MutationObserver: ({ call }) =>
    called((done) => {
      const element = document.body.appendChild(document.createElement('div'))
      const observer = new MutationObserver(() => {
        observer.disconnect()
        done(goOn(call))
      })
      observer.observe(element, { attributes: true })
      element.title = 'x'
    }),
  IntersectionObserver: ({ call }) =>
    called((done) => {
      const element = document.body.appendChild(document.createElement('div'))
      const observer = new IntersectionObserver(() => {
        observer.disconnect()
        done(goOn(call))
      })
      observer.observe(element)
    }),
  ResizeObserver: ({ call }) =>
    called((done) => {
      const element = document.body.appendChild(document.createElement('div'))
      const observer = new ResizeObserver(() => {
        observer.disconnect()
        done(goOn(call))
      })
      observer.observe(element)
    }),
  'scheduler.postTask': ({ call }) => called((done) => scheduler.postTask(() => done(goOn(call)))),
  'a DOM event dispatched inside': ({ call, listenBefore }) =>
    called((done) => {
      listenBefore.dispatchEvent(new CustomEvent('go', { detail: () => done(goOn(call)) }))
    }),
  'a listener added inside, of an event that comes later': ({ call }) =>
    called((done) => {
      const image = new Image()
      image.addEventListener('error', () => done(goOn(call)))
      image.src = `/api/no-image?${Math.random()}`
    }),
}
