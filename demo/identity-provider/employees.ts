import { readFile } from 'node:fs/promises'
import { isId } from '../parts/orders/order-ids'

/** An account, as it stands in the file of employees. */
export interface Account {
  /** What one types to log in. */
  login: string
  /** In clear: these are test employees, and the page of the login shows it to everybody. */
  password: string
  /** Opaque; the only one of these that ever reaches a span. */
  userId: string
  name: string
  roles: string[]
  /** A disabled account opens nothing from one moment to the next. */
  disabled?: boolean
  /** The last day of the account, `2026-01-31`. */
  until?: string
}

/** Why an account opens nothing. */
export type Refused = 'unknown' | 'disabled' | 'expired'

/** Those who work in the demo. */
export const testEmployees: readonly Account[] = [
  employee('manager1', 'u-manager-1', 'Мария Орлова', ['manager']),
  employee('manager2', 'u-manager-2', 'Илья Серов', ['manager']),
  employee('operator1', 'u-operator-1', 'Анна Лебедева', ['operator']),
  employee('operator2', 'u-operator-2', 'Пётр Кузнецов', ['operator']),
  employee('foreman', 'u-foreman', 'Вера Зимина', ['manager', 'operator']),
  employee('support', 'u-support-1', 'Олег Дымов', ['Поддержка']),
  employee('courier', 'u-courier', 'Глеб Быстров', []),
  { ...employee('former', 'u-former', 'Раиса Ким', ['manager', 'operator', 'Поддержка']), disabled: true },
  { ...employee('intern', 'u-intern', 'Тимур Юсупов', ['operator']), until: '2025-08-31' },
]

/** Reads the accounts anew each time, so that whoever edits the file sees at once what comes of it. */
export class Employees {
  constructor(private readonly file: string) {}

  async list(): Promise<Account[]> {
    const text = await readFile(this.file, 'utf8')
    const accounts = parse(text)
    if (accounts.every(isAccount)) return accounts
    const wrong = JSON.stringify(accounts.find((account) => !isAccount(account)))
    throw new Error(`${this.file} has an entry that is no account: ${wrong}. See demo/identity-provider/employees.ts.`)
  }

  /** The account with this id if it may be used now. */
  async findActive(userId: string): Promise<Account | undefined> {
    const account = (await this.list()).find((candidate) => candidate.userId === userId)
    return account && !refusalOf(account) ? account : undefined
  }

  /** The account that login and password open, or why they open none. */
  async check(login: string, password: string): Promise<Account | Refused> {
    const account = (await this.list()).find((candidate) => candidate.login === login)
    // The reason is told only to those who know the password.
    if (!account || account.password !== password) return 'unknown'
    return refusalOf(account) ?? account
  }
}

function refusalOf({ disabled, until }: Account): Refused | undefined {
  if (disabled) return 'disabled'
  return until && Date.now() > Date.parse(`${until}T23:59:59.999Z`) ? 'expired' : undefined
}

function employee(login: string, userId: string, name: string, roles: string[]): Account {
  return { login, password: 'oprava', userId, name, roles }
}

function parse(text: string): unknown[] {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value : [value]
}

function isAccount(value: unknown): value is Account {
  const { login, password, userId, name, roles, until } = (value ?? {}) as Partial<Record<keyof Account, unknown>>
  const isText = [login, password, name].every((text) => typeof text === 'string' && text !== '')
  const isUntilRight = until === undefined || !Number.isNaN(Date.parse(`${until}T00:00:00Z`))
  return isText && isId(userId) && Array.isArray(roles) && isUntilRight
}
