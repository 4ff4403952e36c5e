import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Gives values to a browser to keep, which can neither read nor change nor make them. Only this process opens them. */
export interface Seal<Value> {
  close(value: Value): string
  /** Nothing for what was not closed here, or too long ago. */
  open(text: string): Value | undefined
}

const algorithm = 'aes-256-gcm'
const [ivBytes, tagBytes] = [12, 16]

export function createSeal<Value>(ttlMs: number): Seal<Value> {
  const key = randomBytes(32)
  return {
    close(value) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, key, iv)
      const text = JSON.stringify({ value, end: Date.now() + ttlMs })
      const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), closed]).toString('base64url')
    },
    open(text) {
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length < ivBytes + tagBytes) return undefined
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes))
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      try {
        const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
        const { value, end } = JSON.parse(opened.toString('utf8')) as { value: Value; end: number }
        return end > Date.now() ? value : undefined
      } catch {
        return undefined
      }
    },
  }
}
