import { readTrustedProxies } from '../parts/http/client-address'
import { readServicePort, serve } from '../parts/http/serve'
import { readServiceEnv } from '../parts/process/service-env'
import { createDoor } from './create-door'
import { readOrigins } from './origins'
import { createToStore } from './to-store'

const env = readServiceEnv('COLLECTOR_URL', 'DOOR_KEY')
const origins = new Map<string, string>(readOrigins(process.env.DOOR_ORIGINS))
// The launcher knows them only when the UIs, which have to know the door, have got their ports.
process.on('message', (message: { origins?: string }) => {
  for (const [origin, service] of readOrigins(message.origins)) origins.set(origin, service)
  process.send?.({ admitted: origins.size })
})
const { server, counters } = createDoor({
  key: env.DOOR_KEY,
  origins,
  proxies: readTrustedProxies(process.env.TRUSTED_PROXIES),
  toStore: createToStore(env.COLLECTOR_URL),
})
setInterval(() => {
  const news = counters.news()
  if (news) console.log(news)
}, 60_000).unref()
serve(server, readServicePort())
