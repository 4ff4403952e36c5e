// Loaded with `node --import` into every service of the demo. The launcher holds the other end of this channel: if it
// dies, even by SIGKILL, the channel closes, and the service ends as if it had been asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
