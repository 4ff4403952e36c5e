import { testEmployees } from '../../../demo/identity-provider/employees'

/** A browser as far as a login needs one: it keeps cookies by origin and follows redirects. */
export class LoginClient {
  private readonly cookies = new Map<string, Map<string, string>>()

  /** The cookies that would be sent there, path aside. */
  cookie(url: string): string {
    const own = this.cookies.get(new URL(url).origin) ?? new Map<string, string>()
    return [...own].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** One request, no redirect. */
  async send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), cookie: this.cookie(url) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.keep(new URL(url).origin, line)
    return response
  }

  /** Goes where it is sent, and says where that ended. */
  async follow(url: string, init: RequestInit = {}): Promise<{ url: string; response: Response }> {
    const response = await this.send(url, init)
    const location = response.headers.get('location')
    return location ? this.follow(new URL(location, url).href) : { url, response }
  }

  /** Fills the provider's login page. */
  async fill(page: string, fields: { login: string; password: string }): Promise<{ url: string; response: Response }> {
    return this.follow(page, { method: 'POST', body: new URLSearchParams(fields) })
  }

  private keep(origin: string, line: string): void {
    const own = this.cookies.get(origin) ?? new Map<string, string>()
    this.cookies.set(origin, own)
    const [name = '', value = ''] = line.split(';', 1)[0]?.split(/=(.*)/s) ?? []
    if (/max-age=0|1970/i.test(line)) own.delete(name)
    else own.set(name, value)
  }
}

/** Logs a test employee in at a UI, as a browser does, and gives the UI's cookies. */
export async function logInAt(uiUrl: string, userId: string, client = new LoginClient()): Promise<string> {
  const account = testEmployees.find((employee) => employee.userId === userId)
  if (!account) throw new Error(`There is no test employee ${userId}.`)
  const { url } = await client.follow(`${uiUrl}/login`)
  const end = url.startsWith(uiUrl) ? url : (await client.fill(url, account)).url
  if (!end.startsWith(uiUrl)) throw new Error(`The login of ${userId} ended at ${end}.`)
  return client.cookie(uiUrl)
}
