import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3'
import { trace } from '@opentelemetry/api'
import type { S3Config } from '../../settings/s3'
import type { BeforeFile, ModelFiles } from './files'

/** Model files in a bucket of an S3 server. Its spans come from the AWS instrumentation. */
export function createS3Files({ bucket: Bucket, ...client }: S3Config, before?: BeforeFile): ModelFiles {
  const s3 = new S3Client({
    ...client,
    // A bucket in the host name needs DNS, which a server of one's own seldom has.
    forcePathStyle: true,
    // The newer checksums in trailers are Amazon's; other servers store them as part of the file.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  s3.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'PutObjectCommand') {
          // The instrumentation's own span, which says of the file only its key.
          const { ContentLength = 0 } = args.input as PutObjectCommandInput
          trace.getActiveSpan()?.setAttribute('file.size', ContentLength)
          await before?.('put')
        }
        if (commandName === 'GetObjectCommand') await before?.('get')
        return next(args)
      },
    { step: 'initialize' },
  )

  return {
    put: (Key, stream, info) =>
      withSpool(stream, async (path, size) => {
        const object = { Bucket, Key, ContentType: info.contentType, ContentLength: size }
        await s3.send(new PutObjectCommand({ ...object, Body: createReadStream(path) }))
        return size
      }),
    async get(Key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
        return Body as Readable | undefined
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
    async delete(Key) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    },
  }
}

/**
 * Puts the stream into a temporary file first: S3 wants to know the length before the first byte, and an upload that
 * breaks off, or turns out too large, then never reaches the bucket.
 */
async function withSpool<T>(stream: Readable, fn: (path: string, size: number) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'order-model-'))
  try {
    const file = createWriteStream(join(folder, 'model'))
    await pipeline(stream, file)
    return await fn(join(folder, 'model'), file.bytesWritten)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
