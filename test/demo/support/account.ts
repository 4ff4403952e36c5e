import { randomBytes } from 'node:crypto'
import type { Device } from './customer'

export interface Credentials {
  login: unknown
  password: unknown
}

/** Credentials that nobody else has, and that no span has by accident. */
export function createCredentials(): { login: string; password: string } {
  const letters = randomBytes(8).toString('hex')
  return { login: `anna.${letters}@mail.example`, password: `Secret-${letters}` }
}

/** What the API answered: the status, and the body. */
export interface Answered {
  status: number
  body: { userId?: string; login?: string | null; error?: { code: string; message: string } }
}

/** Sends credentials where they belong. */
export async function sendCredentials(
  device: Device,
  path: '/api/account' | '/api/login',
  { headers, ...credentials }: Credentials & { headers?: Record<string, string> },
): Promise<Answered> {
  const body = JSON.stringify(credentials)
  return answered(
    await device.send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }),
  )
}

/** Sends a request without a body that changes something. */
export async function post(device: Device, path: string, headers: Record<string, string> = {}): Promise<Answered> {
  return answered(await device.send(path, { method: 'POST', headers }))
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, body: (await response.json()) as Answered['body'] }
}
