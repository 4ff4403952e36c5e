import { createServer } from 'node:http'
import { disturbConsumer, disturbFile } from '../faults/in-service'
import { createFolderReader } from '../parts/files/folder'
import { readServicePort, serve } from '../parts/http/serve'
import { createIdentify } from '../parts/login/bearer'
import { readOidcSettings } from '../parts/login/oidc-settings'
import { queues } from '../parts/orders/order-messages'
import { migrate, openDatabase } from '../parts/postgres/database'
import { readServiceEnv } from '../parts/process/service-env'
import { onShutdown, stage } from '../parts/process/shutdown'
import { startMessaging } from '../parts/queue/messaging'
import { readS3 } from '../settings/s3'
import { shopMigrations } from '../shop-db/migrations'
import { createApp } from './app'
import { receiveStatus } from './receive-statuses'

const env = readServiceEnv('SHOP_DB_URL', 'MODEL_FILES_FOLDER', 'OIDC_AUDIENCE')

const pool = openDatabase(env.SHOP_DB_URL, { name: 'Shop DB' })
onShutdown(stage.connections, () => pool.end())
await migrate(pool, shopMigrations)
const s3 = readS3(process.env)
const files = s3
  ? (await import('../parts/files/s3')).createS3Files(s3, disturbFile)
  : createFolderReader(env.MODEL_FILES_FOLDER, disturbFile)
const { queue, outbox } = await startMessaging(pool, 'crm-api')
await queue.consume(queues.fromMes, disturbConsumer(receiveStatus(pool), { mayLose: false }))
const identify = createIdentify(readOidcSettings(), env.OIDC_AUDIENCE)
serve(createServer(createApp({ pool, files, outbox, identify })), readServicePort())
