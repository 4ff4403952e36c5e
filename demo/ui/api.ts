/** A refusal of the API, with its own words; `code` is what a program looks at. */
export class ApiError extends Error {
  readonly code: string
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number

  constructor({ message, code, status, cause }: { message: string; code: string; status: number; cause?: unknown }) {
    super(message, { cause })
    // The `error.type` of an order's span: there the causes of failures are counted, and the class would say nothing.
    this.name = code
    this.code = code
    this.status = status
  }
}

/** Asks the API behind this page and gives the JSON of its answer. Throws {@link ApiError} for everything else. */
export async function api<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await reach(path, init)
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body as Answer
  throw toError(response, body)
}

/** Posts JSON. */
export function post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' }
  return api<Answer>(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Asks for a file. Throws {@link ApiError}, also when the file breaks off. */
export async function download(path: string): Promise<Blob> {
  const response = await reach(path)
  if (!response.ok) throw toError(response, await response.json().catch(() => undefined))
  return response.blob().catch((cause: unknown) => {
    throw unreachable(cause)
  })
}

async function reach(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw unreachable(cause)
  }
}

function unreachable(cause: unknown): ApiError {
  return new ApiError({ message: 'The server cannot be reached.', code: 'network', status: 0, cause })
}

function toError({ status }: Response, body: unknown): ApiError {
  const { code = 'unknown', message = `The server answered ${status}.` } = readError(body)
  return new ApiError({ message, code, status })
}

function readError(body: unknown): { code?: string; message?: string } {
  const { error } = (body ?? {}) as { error?: { code?: string; message?: string } | null }
  return typeof error === 'object' && error !== null ? error : {}
}
