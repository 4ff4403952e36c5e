import type { Readable } from 'node:stream'
import { context } from '@opentelemetry/api'
import busboy, { type Busboy, type FileInfo } from 'busboy'
import type { Request } from 'express'
import { ApiError } from './api-error'
import { cleanFileName, findModelType } from './model-type'

/** The largest model that is taken, bytes. */
export const maxModelBytes = 50 * 1024 * 1024
/** What the fields and the boundaries of a form may add to that, bytes. */
const maxFormOverhead = 64 * 1024

export interface ModelFile {
  name: string
  type: string
  size: number
}

export interface OrderForm {
  fields: ReadonlyMap<string, string>
  model: ModelFile
}

/** Stores the stream of a model under way and resolves to its size. */
export type StoreModel = (stream: Readable, type: string) => Promise<number>

/**
 * Reads the multipart form of an order as it arrives, in any order of its parts, and hands the file on as a stream.
 * When it rejects, `store` has settled, but may have stored the file: removing it is the caller's part.
 */
export async function readOrderForm(request: Request, store: StoreModel): Promise<OrderForm> {
  const parser = createParser(request)
  const fields = new Map<string, string>()
  const models: Promise<ModelFile>[] = []
  parser.on('field', (name, value) => fields.set(name, value))
  // Parser events come in the context of the socket; the span of the storage belongs into that of the request.
  const onFile = context.bind(context.active(), (name: string, stream: Readable, info: FileInfo) => {
    // A refused file is destroyed with its parser, and an error that nobody hears would end the service.
    stream.on('error', () => undefined)
    if (name !== 'model') return void stream.resume()
    const model = models.length > 0 ? refuse(stream, 'model_repeated') : receiveModel(stream, info, store)
    model.catch((error: Error) => parser.destroy(error))
    models.push(model)
  })
  parser.on('file', onFile)
  await parse(request, parser).finally(() => Promise.allSettled(models))
  const [model] = await Promise.all(models)
  if (!model) throw new ApiError('model_missing')
  if (model.size === 0) throw new ApiError('model_empty')
  return { fields, model }
}

function createParser(request: Request): Busboy {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) throw new ApiError('not_multipart')
  if (Number(request.headers['content-length']) > maxModelBytes + maxFormOverhead) throw new ApiError('model_too_large')
  // busboy calls the limit exceeded when it is reached.
  const limits = { files: 2, fileSize: maxModelBytes + 1, fields: 20, fieldSize: 1000, parts: 30 }
  try {
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' })
  } catch (error) {
    throw new ApiError('malformed_form', { cause: error })
  }
}

/** Not `pipeline`: that would close the connection with the parser, and the client would never see our answer. */
function parse(request: Request, parser: Busboy): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('close', resolve)
    parser.on('error', (error) => {
      request.unpipe(parser)
      reject(error instanceof ApiError ? error : new ApiError('malformed_form', { cause: error }))
    })
    request.once('close', () => {
      if (!request.complete) parser.destroy(new ApiError('client_gone'))
    })
    request.pipe(parser)
  })
}

async function receiveModel(stream: Readable, info: FileInfo, store: StoreModel): Promise<ModelFile> {
  const fileName = info.filename ?? ''
  const type = findModelType(fileName)
  // A browser sends an empty file without a name when nothing was chosen.
  if (!type) return refuse(stream, fileName ? 'model_type' : 'model_missing')
  stream.once('limit', () => stream.destroy(new ApiError('model_too_large')))
  try {
    return { name: cleanFileName(fileName), type, size: await store(stream, type) }
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError('model_not_stored', { cause: error })
  }
}

async function refuse(stream: Readable, code: 'model_repeated' | 'model_type' | 'model_missing'): Promise<never> {
  stream.resume()
  throw new ApiError(code)
}
