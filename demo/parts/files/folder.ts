import { createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync, type WriteStream } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Span, SpanKind, trace } from '@opentelemetry/api'
import { endAfter } from '../tracing/end-after'
import type { BeforeFile, ModelFiles, ModelReader } from './files'

/** Keys become file names, so they hold nothing that a path could be made of. */
const keyShape = /^[A-Za-z0-9_-]{1,64}$/
const partial = '.partial'

/** A folder has one owner, who can therefore tell which files nobody needs. */
export interface FolderFiles extends ModelFiles {
  /** The keys of all files. */
  keys(): Promise<string[]>
}

/** Model files in a folder on disk: written under a temporary name and renamed, so that no reader meets half a file. */
export function createFolderFiles(folder: string, before: BeforeFile = goOn): FolderFiles {
  mkdirSync(folder, { recursive: true })
  // What a killed process left in the middle of an upload.
  for (const name of readdirSync(folder)) if (name.endsWith(partial)) rmSync(join(folder, name))

  return {
    put: (key, stream) =>
      traced('PutObject', key, async (span) => {
        await before('put')
        return write(pathOf(folder, key), stream, span)
      }),
    ...createFolderReader(folder, before),
    keys: () => readdir(folder),
    delete: (key) => traced('DeleteObject', key, () => rm(pathOf(folder, key), { force: true })),
  }
}

/** Reads what another service, the folder's owner, keeps there. */
export function createFolderReader(folder: string, before: BeforeFile = goOn): ModelReader {
  return {
    get: (key) =>
      traced('GetObject', key, async () => {
        await before('get')
        return read(pathOf(folder, key))
      }),
  }
}

async function goOn(): Promise<void> {}

function pathOf(folder: string, key: string): string {
  if (!keyShape.test(key)) throw new Error('a file key may hold letters, digits, "-" and "_" only')
  return join(folder, key)
}

async function write(path: string, stream: Readable, span: Span): Promise<number> {
  const temporary = path + partial
  const file = createWriteStream(temporary, { flush: true })
  try {
    await pipeline(stream, file)
    await rename(temporary, path)
    span.setAttribute('file.size', file.bytesWritten)
    return file.bytesWritten
  } catch (error) {
    // The stream may fail before the file was opened; removed earlier than that, the file would come afterwards.
    await closed(file)
    await rm(temporary, { force: true })
    throw error
  }
}

function closed(file: WriteStream): Promise<void> {
  // `pipeline` has told of the error already.
  file.on('error', () => undefined).destroy()
  return new Promise((resolve) => (file.closed ? resolve() : void file.once('close', () => resolve())))
}

async function read(path: string): Promise<Readable | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return file && createReadStream(path, { fd: file })
}

/** A span like the one that the S3 client would give, so that a trace reads the same with either storage. */
function traced<T>(operation: string, key: string, fn: (span: Span) => Promise<T>): Promise<T> {
  const attributes = {
    'peer.service': '3d-files',
    'server.address': '3d-files',
    'rpc.method': operation,
    'file.key': key,
  }
  const options = { kind: SpanKind.CLIENT, attributes }
  return trace.getTracer('3d-files').startActiveSpan(operation, options, (span) => endAfter(span, () => fn(span)))
}
