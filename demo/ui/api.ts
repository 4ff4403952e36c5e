/** A refusal of the API, with its own words; `code` is what a program looks at. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: string
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number

  constructor({ message, code, status, cause }: { message: string; code: string; status: number; cause?: unknown }) {
    super(message, { cause })
    this.code = code
    this.status = status
  }
}

/** Asks the API behind this page and gives the JSON of its answer. Throws {@link ApiError} for everything else. */
export async function api<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await reach(path, init)
  const body = (await response.json().catch(() => undefined)) as (Answer & { error?: unknown }) | undefined
  if (response.ok && body !== undefined) return body
  const { code = 'unknown', message = `The server answered ${response.status}.` } = readError(body)
  throw new ApiError({ message, code, status: response.status })
}

/** Posts JSON. */
export function post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' }
  return api<Answer>(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function reach(path: string, init: RequestInit | undefined): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw new ApiError({ message: 'The server cannot be reached.', code: 'network', status: 0, cause })
  }
}

function readError(body: { error?: unknown } | undefined): { code?: string; message?: string } {
  return typeof body?.error === 'object' && body.error !== null ? body.error : {}
}
