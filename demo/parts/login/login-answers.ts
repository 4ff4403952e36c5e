import type { ServerResponse } from 'node:http'

/** What everybody says who cannot ask the provider. */
export const unavailable = [
  503,
  'Who you are cannot be checked now, for the identity provider does not answer: try again in a minute.',
] as const

const troubles = {
  begun_elsewhere: [
    400,
    'Вход начат в другом окне или слишком давно.',
    'This login was begun in another window, or too long ago.',
  ],
  refused: [403, 'Служба входа вас не пропустила.', 'The identity provider did not let you in.'],
  unavailable: [
    503,
    'Служба входа не отвечает. Попробуйте через минуту.',
    'The identity provider does not answer. Try again in a minute.',
  ],
} as const

/** The page that one sees instead of the application when the login did not come to its end. */
export function troublePage(response: ServerResponse, trouble: keyof typeof troubles): void {
  const [status, russian, english] = troubles[trouble]
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  })
  response.end(`<!doctype html>
<html lang="ru">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Вход: Оправа</title>
  <h1>${russian}</h1>
  <p lang="en">${english}</p>
  <p><a href="/login">Войти / Log in</a></p>
</html>
`)
}

/** Answers a request that changes something and came from a page that is not ours. */
export function refuseForeign(response: ServerResponse): void {
  answerError(
    response,
    403,
    'foreign_origin',
    'This request was made by a page of another origin, which may not do that.',
  )
}

/** Answers when nobody can be asked who somebody is. */
export function answerUnavailable(response: ServerResponse, error: unknown): void {
  console.error('The identity provider:', error)
  const [status, message] = unavailable
  answerError(response, status, 'login_unavailable', message)
}

export function answerError(response: ServerResponse, status: number, code: string, message: string): void {
  answerJson(response, status, { error: { code, message } })
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}
