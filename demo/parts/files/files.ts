import type { Readable } from 'node:stream'

/** What is kept beside the bytes of a file. */
export interface FileInfo {
  contentType: string
}

/** The storage of 3D models. A key is an order id; a file is there whole or not at all. */
export interface ModelFiles {
  /** Stores the stream and resolves to the number of bytes; rejects, with nothing stored, when the stream fails. */
  put(key: string, stream: Readable, info: FileInfo): Promise<number>
  /** The file as a stream, or undefined when there is none under this key. */
  get(key: string): Promise<Readable | undefined>
  /** Removes the file; no error when there is none. */
  delete(key: string): Promise<void>
}

/** Runs inside the span of an operation, before it: may wait, and what it throws is the operation's failure. */
export type BeforeFile = (operation: 'put' | 'get') => Promise<void>

/** For services that only read. */
export type ModelReader = Pick<ModelFiles, 'get'>
