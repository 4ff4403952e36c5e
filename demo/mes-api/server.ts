import { createServer } from 'node:http'
import { migrate, openDatabase } from '../parts/database'
import { startMessaging } from '../parts/messaging'
import { queues } from '../parts/order-messages'
import { readServicePort, serve } from '../parts/serve'
import { readServiceEnv } from '../parts/service-env'
import { onShutdown, stage } from '../parts/shutdown'
import { createSignedSession } from '../parts/signed-session'
import { createApp } from './app'
import { receiveOrder } from './receive-orders'

const env = readServiceEnv('MES_DB_URL', 'EMPLOYEE_SESSION_SECRET')

const pool = openDatabase(env.MES_DB_URL, { name: 'MES DB' })
onShutdown(stage.connections, () => pool.end())
await migrate(pool, new URL('./migrations/', import.meta.url))
const { queue, outbox } = await startMessaging(pool, 'mes-api')
await queue.consume(queues.toMes, receiveOrder(pool))
const { identify, routes } = createSignedSession({ secret: env.EMPLOYEE_SESSION_SECRET, service: 'mes' })
serve(createServer(createApp({ pool, outbox, identify, session: routes })), readServicePort())
