import { ConfigError, type Environment, readUrl } from './read-setting'

/** Where model files go when it is not the folder on disk. */
export interface S3Config {
  endpoint: string
  bucket: string
  region: string
  /** Absent: the AWS SDK looks where it always does (profile, role of the machine…). */
  credentials?: { accessKeyId: string; secretAccessKey: string }
}

/** What {@link readS3} reads, for whoever hands it on to a service. */
export const s3Variables = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const

/**
 * The S3 storage, or nothing when `S3_ENDPOINT` is not set (then files go to a folder on disk).
 * `S3_BUCKET` default `3d-files`; `S3_REGION` default `us-east-1`; `S3_ACCESS_KEY_ID` with `S3_SECRET_ACCESS_KEY`.
 */
export function readS3(env: Environment): S3Config | undefined {
  const endpoint = readUrl(env, 'S3_ENDPOINT', ['http:', 'https:'])
  if (!endpoint) return undefined
  const accessKeyId = env.S3_ACCESS_KEY_ID
  const secretAccessKey = env.S3_SECRET_ACCESS_KEY
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) {
    throw new ConfigError('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both or neither.')
  }
  return {
    endpoint,
    bucket: env.S3_BUCKET || '3d-files',
    region: env.S3_REGION || 'us-east-1',
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
  }
}
