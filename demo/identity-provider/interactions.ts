import express, { type Request, type Response, Router } from 'express'
import { errors, type Provider } from 'oidc-provider'
import { type ReadClient, readNetwork } from '../parts/http/client-address'
import { Attempts, ofAccount, ofAddress } from '../parts/login/attempts'
import { type Employees, testEmployees } from './employees'
import { loginPage, type Trouble } from './login-page'

export interface InteractionParts {
  provider: Provider
  employees: Employees
  /** By whose address attempts are counted. */
  readClient: ReadClient
}

/** The pages on which an employee says who he is. */
export function createInteractions({ provider, employees, readClient }: InteractionParts): Router {
  const [byAccount, byAddress] = [new Attempts(ofAccount), new Attempts(ofAddress)]
  const routes = Router()

  async function show(request: Request, response: Response, trouble?: Trouble, login?: string): Promise<void> {
    const found = trouble === 'gone' ? undefined : await provider.interactionDetails(request, response)
    const statuses = { too_many: 429, gone: 400 } as Record<string, number>
    response.status(trouble ? (statuses[trouble] ?? 401) : 200).send(
      loginPage({
        language: String(found?.params.ui_locales ?? 'ru').startsWith('en') ? 'en' : 'ru',
        action: request.originalUrl,
        ...(trouble && { trouble }),
        ...(login && { login }),
        // Only those that everybody may know; an account that somebody added to the file is not shown to the world.
        accounts: (await employees.list()).filter(({ login }) => testEmployees.some((test) => test.login === login)),
      }),
    )
  }

  routes.get('/interaction/:uid', (request, response) => show(request, response))
  routes.post('/interaction/:uid', express.urlencoded({ extended: false, limit: '2kb' }), async (request, response) => {
    // Before anything is checked: an attempt on a page that is none is none.
    await provider.interactionDetails(request, response)
    const { login, password } = (request.body ?? {}) as { login?: unknown; password?: unknown }
    const name = String(login ?? '').slice(0, 64)
    const address = readNetwork(readClient(request))
    if (!byAccount.isOpen(name) || !byAddress.isOpen(address)) return show(request, response, 'too_many', name)
    byAccount.count(name)
    const attempt = byAddress.count(address)
    const account = await employees.check(name, String(password ?? ''))
    if (typeof account === 'string') return show(request, response, account, name)
    byAccount.forget(name)
    byAddress.giveBack(address, attempt)
    const result = { login: { accountId: account.userId, remember: false } }
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  })
  routes.use((error: unknown, request: Request, response: Response, next: (error: unknown) => void) => {
    if (error instanceof errors.SessionNotFound) return void show(request, response, 'gone')
    next(error)
  })
  return routes
}
