// Loaded with `node --import` into every service of the demo: its end of the channel to the launcher.
import { type AddressInfo, Server } from 'node:net'

// The launcher holds the other end: if it dies, even by SIGKILL, the channel closes, and the service ends as if asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

// Tells the launcher that the port is ours. A `/health` that answers proves less: it may be that of another demo, which
// was quicker at the same port.
const { listen } = Server.prototype
Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  this.once('listening', () => process.send?.({ listening: (this.address() as AddressInfo | null)?.port }))
  return Reflect.apply(listen, this, args) as Server
}
