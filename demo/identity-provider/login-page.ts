import type { Account, Refused } from './employees'

/** What went wrong with the last attempt. */
export type Trouble = Refused | 'too_many' | 'gone'

type Language = 'ru' | 'en'

const texts = {
  ru: {
    title: 'Вход: Оправа',
    heading: 'Вход для сотрудников',
    login: 'Логин',
    password: 'Пароль',
    submit: 'Войти',
    test: 'Тестовые сотрудники (пароль у всех «oprava»)',
    enter: 'Войти как {name}',
    unknown: 'Такого логина нет или пароль другой.',
    disabled: 'Учётная запись отключена. Обратитесь к руководителю.',
    expired: 'Срок учётной записи истёк. Обратитесь к руководителю.',
    too_many: 'Слишком много попыток. Подождите минуту и попробуйте ещё раз.',
    gone: 'Эта страница входа устарела. Вернитесь в приложение и войдите заново.',
    manager: 'менеджер',
    operator: 'оператор',
    Поддержка: 'поддержка',
    none: 'без роли',
    isDisabled: 'отключена',
    isExpired: 'истекла',
  },
  en: {
    title: 'Log in: Oprava',
    heading: 'Employees log in here',
    login: 'User name',
    password: 'Password',
    submit: 'Log in',
    test: 'Test employees (everybody’s password is “oprava”)',
    enter: 'Log in as {name}',
    unknown: 'There is no such user name, or the password is another.',
    disabled: 'This account is disabled. Ask your superior.',
    expired: 'This account has expired. Ask your superior.',
    too_many: 'Too many attempts. Wait a minute and try again.',
    gone: 'This login page is out of date. Go back to the application and log in again.',
    manager: 'manager',
    operator: 'operator',
    Поддержка: 'support',
    none: 'no role',
    isDisabled: 'disabled',
    isExpired: 'expired',
  },
} as const

/** The page of the login; works without any script. */
export function loginPage(options: {
  language: Language
  action: string
  login?: string
  trouble?: Trouble
  accounts: readonly Account[]
}): string {
  const { language, action, login = '', trouble, accounts } = options
  const text = texts[language]
  const alert = trouble ? `<p class="alert" role="alert">${text[trouble]}</p>` : ''
  const form = `<form method="post" action="${escapeHtml(action)}">
        <label>${text.login}<input name="login" autocomplete="username" required autofocus value="${escapeHtml(login)}"></label>
        <label>${text.password}<input name="password" type="password" autocomplete="current-password" required></label>
        <button class="primary">${text.submit}</button>
      </form>
      <details open>
        <summary>${text.test}</summary>
        <ul>${accounts.map((account) => row(account, { action, language })).join('')}</ul>
      </details>`
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${text.title}</title>
    <link rel="stylesheet" href="/plain.css">
    <link rel="stylesheet" href="/page/login.css">
    <link rel="icon" href="data:,">
  </head>
  <body class="centred">
    <main>
      <p class="brand">${language === 'ru' ? 'Оправа' : 'Oprava'}</p>
      <h1>${text.heading}</h1>
      ${alert}
      ${trouble === 'gone' ? '' : form}
    </main>
  </body>
</html>
`
}

/** One click logs a test employee in. */
function row(account: Account, { action, language }: { action: string; language: Language }): string {
  const text = texts[language]
  const roles = account.roles.map((role) => (role in text ? text[role as 'manager'] : role)).join(', ') || text.none
  const state = account.disabled ? `, ${text.isDisabled}` : account.until ? `, ${text.isExpired}` : ''
  return `
          <li><form method="post" action="${escapeHtml(action)}">
            <input type="hidden" name="login" value="${escapeHtml(account.login)}">
            <input type="hidden" name="password" value="${escapeHtml(account.password)}">
            <button aria-label="${escapeHtml(text.enter.replace('{name}', account.name))}"><strong>${escapeHtml(account.name)}</strong><span>${escapeHtml(roles + state)}</span><code>${escapeHtml(account.login)}</code></button>
          </form></li>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
