import { createServer } from 'node:http'
import { disturbConsumer } from '../faults/in-service'
import { readServicePort, serve } from '../parts/http/serve'
import { createIdentify } from '../parts/login/bearer'
import { readOidcSettings } from '../parts/login/oidc-settings'
import { queues } from '../parts/orders/order-messages'
import { migrate, openDatabase } from '../parts/postgres/database'
import { readServiceEnv } from '../parts/process/service-env'
import { onShutdown, stage } from '../parts/process/shutdown'
import { startMessaging } from '../parts/queue/messaging'
import { createApp } from './app'
import { receiveOrder } from './receive-orders'

const env = readServiceEnv('MES_DB_URL', 'OIDC_AUDIENCE')

const pool = openDatabase(env.MES_DB_URL, { name: 'MES DB' })
onShutdown(stage.connections, () => pool.end())
await migrate(pool, new URL('./migrations/', import.meta.url))
const { queue, outbox } = await startMessaging(pool, 'mes-api')
await queue.consume(queues.toMes, disturbConsumer(receiveOrder(pool), { mayLose: true }))
const identify = createIdentify(readOidcSettings(), env.OIDC_AUDIENCE)
serve(createServer(createApp({ pool, outbox, queue, identify })), readServicePort())
