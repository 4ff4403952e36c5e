import { createServer } from 'node:http'
import { readServicePort, serve } from '../parts/http/serve'
import { migrate, openDatabase } from '../parts/postgres/database'
import { readServiceEnv } from '../parts/process/service-env'
import { onShutdown, stage } from '../parts/process/shutdown'
import { startMessaging } from '../parts/queue/messaging'
import { readS3 } from '../settings/s3'
import { shopMigrations } from '../shop-db/migrations'
import { createApp } from './app'
import { openFiles } from './open-files'

const { SHOP_DB_URL, MODEL_FILES_FOLDER } = readServiceEnv('SHOP_DB_URL', 'MODEL_FILES_FOLDER')

const pool = openDatabase(SHOP_DB_URL, { name: 'Shop DB' })
onShutdown(stage.connections, () => pool.end())
await migrate(pool, shopMigrations)
const s3 = readS3(process.env)
const files = await openFiles(pool, { ...(s3 ? { s3 } : {}), folder: MODEL_FILES_FOLDER })
const { outbox } = await startMessaging(pool, 'shop-api')
serve(createServer(createApp({ pool, files, outbox })), readServicePort())
