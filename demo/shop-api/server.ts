import { createServer } from 'node:http'
import { readS3 } from '../config'
import { migrate, openDatabase } from '../parts/database'
import { readServicePort, serve } from '../parts/serve'
import { onShutdown, stage } from '../parts/shutdown'
import { shopMigrations } from '../shop-db/migrations'
import { createApp } from './app'
import { openFiles } from './open-files'

const { SHOP_DB_URL, MODEL_FILES_FOLDER } = process.env
if (!SHOP_DB_URL || !MODEL_FILES_FOLDER) {
  throw new Error('SHOP_DB_URL and MODEL_FILES_FOLDER are not set: start this service through `npm run demo`.')
}

const pool = openDatabase(SHOP_DB_URL, { name: 'Shop DB' })
onShutdown(stage.connections, () => pool.end())
await migrate(pool, shopMigrations)
const s3 = readS3(process.env)
const files = await openFiles(pool, { ...(s3 ? { s3 } : {}), folder: MODEL_FILES_FOLDER })
serve(createServer(createApp({ pool, files })), readServicePort())
