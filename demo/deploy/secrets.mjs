// `node demo/deploy/secrets.mjs > demo/.env`: secrets for compose.yaml, new ones each time, so that no port opens to a password that is written anywhere else.
import { randomBytes } from 'node:crypto'

const names = [
  'SHOP_DB_PASSWORD',
  'MES_DB_PASSWORD',
  'QUEUE_PASSWORD',
  'FILES_PASSWORD',
  'DOOR_KEY',
  'CRM_OIDC_CLIENT_SECRET',
  'MES_OIDC_CLIENT_SECRET',
  'TRACES_OIDC_CLIENT_SECRET',
  'LOGIN_ADMIN_PASSWORD',
  'EMPLOYEE_PASSWORD',
]

// In base64url, which needs no escaping in a URL.
for (const name of names) console.log(`${name}=${randomBytes(24).toString('base64url')}`)
// The key of the cookies has to be of 16, 24 or 32 bytes.
console.log(`TRACES_COOKIE_SECRET=${randomBytes(32).toString('base64url')}`)
