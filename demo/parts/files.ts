import type { Readable } from 'node:stream'
import type { S3Config } from '../config'
import { createFolderFiles } from './files-folder'
import { createS3Files } from './files-s3'

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

/** Where files go: S3 when it is configured, else a folder on disk. */
export function createModelFiles(options: { s3?: S3Config | undefined; folder: string }): ModelFiles {
  return options.s3 ? createS3Files(options.s3) : createFolderFiles(options.folder)
}
