import type { Request, RequestHandler, Response } from 'express'
import { Refusal } from '../http/refusal'
import { withIds } from '../tracing/edge'

const roles = ['manager', 'operator'] as const

/** What an employee may do: managers work in the CRM, operators in the MES. */
export type Role = (typeof roles)[number]

/** Is this a role that the APIs know? */
export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}

/** Whoever calls an API of the company: an opaque id and the roles, no name and no e-mail. */
export interface Employee {
  userId: string
  roles: readonly Role[]
}

/** Says who calls, or nothing when nobody is logged in. Throws a refusal when somebody says so and it does not hold. */
export type IdentifyEmployee = (request: Request) => Employee | undefined | Promise<Employee | undefined>

/** Finds out who calls; from here on `user_id` is the employee's, whatever the browser said. */
export function readEmployee(identify: IdentifyEmployee): RequestHandler {
  return async (request, response, next) => {
    const employee = await identify(request)
    response.locals.employee = employee
    if (employee) withIds({ user_id: employee.userId }, next)
    else next()
  }
}

/** The employee of this request. Throws a refusal (401) when nobody is logged in. */
export function requireEmployee(response: Response): Employee {
  const employee = response.locals.employee as Employee | undefined
  if (!employee) throw new Refusal('session_required', [401, 'Nobody is logged in here: log in first.'])
  return employee
}

/** Lets only employees with this role pass: 401 for nobody, 403 for others. */
export function requireRole(role: Role): RequestHandler {
  return (_request, response, next) => {
    if (requireEmployee(response).roles.includes(role)) return next()
    throw new Refusal('role_required', [403, `This needs the role "${role}", which your account does not have.`])
  }
}
