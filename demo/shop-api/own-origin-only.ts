import type { RequestHandler } from 'express'
import { isOwnPage } from '../parts/login/own-origin'
import { ApiError } from './api-error'

/**
 * Lets nothing be changed from a page of another origin: cookies come along from every port of this host. It is checked here
 * and not at the shop's own server, which hands headers on as they are, because a page may ask this port as well.
 */
export const refuseForeign: RequestHandler = (request, _response, next) => {
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (!isReading && !isOwnPage(request)) throw new ApiError('foreign_origin')
  next()
}
