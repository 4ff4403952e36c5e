import type { ServerResponse } from 'node:http'
import type { Person } from '../parts/login/session'

/** Without `form-action`: the logout leads to the provider, on another origin. */
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Says who is logged in, why that is not enough, and whom to ask. */
export function refusedPage(response: ServerResponse, person: Person): void {
  const name = escapeHtml(person.name)
  answerPage(response, 403, {
    heading: 'Трассы открыты только поддержке',
    text: `<p>Вы вошли как ${name}. У этой учётной записи нет роли «Поддержка».</p>
      <p>Нужен доступ? Попросите роль у руководителя поддержки. Нужно узнать о заказе? Напишите в поддержку его номер.</p>
      <p lang="en">Traces are for support only. You are logged in as ${name}, without the role Поддержка (Support). Ask the head of
      support for the role, or send support the number of the order.</p>`,
  })
}

/** Where whoever reads traces logs out. */
export function leavePage(response: ServerResponse, person: Person): void {
  const text = `<p>Вы вошли как ${escapeHtml(person.name)}.</p><p><a href="/">К трассам / To the traces</a></p>
      <p><a href="/analyst/">К медленным заказам / To the slow orders</a></p>`
  answerPage(response, 200, { heading: 'Выход', text })
}

function answerPage(
  response: ServerResponse,
  status: number,
  { heading, text }: { heading: string; text: string },
): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy })
  response.end(`<!doctype html>
<html lang="ru">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${heading}: Оправа</title>
    <link rel="stylesheet" href="/plain.css">
    <link rel="stylesheet" href="/gate.css">
  </head>
  <body class="centred">
    <main>
      <h1>${heading}</h1>
      ${text}
      <form method="post" action="/logout"><button class="primary">Выйти / Log out</button></form>
    </main>
  </body>
</html>
`)
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
