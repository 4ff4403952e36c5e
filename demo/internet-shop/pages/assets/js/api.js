import { hasText, text } from './language.js'

/** A refusal of the Shop API, with the API's own message; `inWords` puts it into the customer's language. */
export class ApiError extends Error {
  constructor({ message, code, status, cause }) {
    super(message, { cause })
    this.name = 'ApiError'
    this.code = code
    this.status = status
  }
}

/** Asks the Shop API and gives the JSON of its answer. Throws `ApiError` for everything else. */
export async function api(path, init) {
  const response = await reach(`/api${path}`, init)
  const body = await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body
  throw new ApiError({
    message: body?.error?.message ?? `The Shop API answered ${response.status}`,
    code: body?.error?.code ?? 'unknown',
    status: response.status,
  })
}

/** What went wrong, for the customer: in the page's language where the code is known, else in the API's own words. */
export function inWords(error) {
  if (!(error instanceof ApiError)) return text('error.internal')
  const key = `error.${error.code}`
  return hasText(key) ? text(key, { status: error.status }) : error.message
}

async function reach(path, init) {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw new ApiError({ message: 'The Shop API cannot be reached', code: 'network', status: 0, cause })
  }
}
