/** A customer with a session, talking to the API through the shop's web server as a browser does. */
export interface Customer {
  userId: string
  cookie: string
  /** Sends a request with the session's cookie. */
  send(path: string, init?: RequestInit & { headers?: Record<string, string> }): Promise<Response>
}

/** Opens a session. */
export async function createCustomer(shopUrl: string): Promise<Customer> {
  const response = await fetch(`${shopUrl}/api/session`, { method: 'POST' })
  const { userId } = (await response.json()) as { userId: string }
  const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  return {
    userId,
    cookie,
    send: (path, init = {}) => fetch(shopUrl + path, { ...init, headers: { ...init.headers, cookie } }),
  }
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
