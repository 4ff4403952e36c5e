import { WebSocketServer } from 'ws'
import { compare } from '../support/compare'
import { expect, test } from '../support/test'

test('the page notices nothing: WebSocket, sendBeacon and EventSource work', async ({ page, site }) => {
  site.on('/api/events', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('id: 1\ndata: told\n\n')
  })
  const sockets = new WebSocketServer({ server: site.server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))))
  const seen = await compare(page, site, async () => {
    const socket = new WebSocket(location.href.replace(/^http/, 'ws'))
    await new Promise((resolve) => Object.assign(socket, { onopen: resolve }))
    socket.send('hello')
    const echo = await new Promise((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)))
    socket.close(4000, 'done')
    const closed = await new Promise((resolve) => {
      socket.onclose = ({ code, wasClean }) => resolve([code, wasClean, socket.readyState])
    })
    const source = new EventSource('/api/events')
    const event = await new Promise((resolve) => {
      source.onmessage = ({ data, lastEventId }) => resolve([data, lastEventId])
    })
    source.close()
    return [echo, closed, event, navigator.sendBeacon('/api/beacon', 'x'), source.readyState]
  })
  expect(seen).toEqual(['hello', [4000, true, 3], ['told', '1'], true, 2])
})

test('what we have no business with is the same function before, during and after an order', async ({ page, site }) => {
  await page.goto(site.origin)
  const seen = await page.evaluate(async () => {
    const socket = WebSocket.prototype
    const look = () => [
      [WebSocket, socket.send, socket.close, socket.constructor],
      [EventSource, EventSource.prototype.close, navigator.sendBeacon, Navigator.prototype.sendBeacon],
      [Promise, Promise.prototype.then, queueMicrotask, clearTimeout, EventTarget, Worker, MessageChannel],
      [XMLHttpRequest, XMLHttpRequest.prototype.abort, Request, Response, Headers, history.pushState],
    ]
    const before = look().flat()
    const isSame = () =>
      look()
        .flat()
        .every((value, index) => value === before[index])
    window.tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
    const started = isSame()
    const order = window.tracing.startOrder('submit')
    const during = isSame()
    // That looking shows a difference at all.
    before.push(window.fetch, window.setTimeout)
    order.succeed()
    const after = isSame()
    return { started, during, after, isTraced: window.setTimeout !== before.at(-1) }
  })
  expect(seen).toEqual({ started: true, during: true, after: true, isTraced: true })
})
