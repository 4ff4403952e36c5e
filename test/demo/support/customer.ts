/** A browser as far as the shop needs one: it keeps the session's cookie. */
export interface Device {
  readonly cookie: string
  /** Sends a request with the session's cookie. */
  send(path: string, init?: RequestInit & { headers?: Record<string, string> }): Promise<Response>
}

/** A customer with a session, talking to the API through the shop's web server as a browser does. */
export interface Customer extends Device {
  userId: string
}

/** A browser that has never been at the shop. */
export function createDevice(shopUrl: string): Device {
  let cookie = ''
  return {
    get cookie() {
      return cookie
    },
    async send(path, init = {}) {
      const headers = { ...init.headers, ...(cookie && { cookie }) }
      const response = await fetch(shopUrl + path, { ...init, headers })
      cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? cookie
      return response
    },
  }
}

/** Opens a session. */
export async function createCustomer(shopUrl: string): Promise<Customer> {
  const device = createDevice(shopUrl)
  const response = await device.send('/api/session', { method: 'POST' })
  const { userId } = (await response.json()) as { userId: string }
  return Object.assign(device, { userId })
}

/** What a form of an order may be made of; `undefined` leaves the part out. */
export interface FormParts {
  productId?: string | undefined
  quantity?: string | undefined
  model?: { name: string; content: BlobPart } | undefined
  /** Puts the fields after the file. */
  fileFirst?: boolean
}

/** The form of a good order, with the given parts changed. */
export function createOrderForm(changes: FormParts = {}): FormData {
  const parts = {
    productId: 'ring-dawn',
    quantity: '2',
    model: { name: 'Кольцо.stl', content: 'solid ring' },
    ...changes,
  }
  const form = new FormData()
  const addModel = () => parts.model && form.append('model', new Blob([parts.model.content]), parts.model.name)
  if (changes.fileFirst) addModel()
  if (parts.productId !== undefined) form.append('productId', parts.productId)
  if (parts.quantity !== undefined) form.append('quantity', parts.quantity)
  if (!changes.fileFirst) addModel()
  return form
}
