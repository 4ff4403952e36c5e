import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

interface Hashed {
  options: Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>>
  salt: Buffer
  hash: Buffer
}

/**
 * 16 MiB and some tens of milliseconds for each guess, of the settings that are recommended the one with the least memory:
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
 */
const options: Hashed['options'] = { N: 2 ** 14, r: 8, p: 5 }
const saltBytes = 16
const hashBytes = 32

/** What is kept of a password: `scrypt$N$r$p$salt$hash`, so that passwords of today outlive better settings. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, { options, salt, length: hashBytes })
  const { N, r, p } = options
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Is this the password? Without one to compare with it takes as long, so that nobody learns which logins there are. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const wanted = kept === undefined ? decoy : parse(kept)
  const { options, salt, hash } = wanted
  const isEqual = timingSafeEqual(await derive(password, { options, salt, length: hash.length }), hash)
  return isEqual && wanted !== decoy
}

const decoy: Hashed = { options, salt: Buffer.alloc(saltBytes), hash: Buffer.alloc(hashBytes) }

function parse(kept: string): Hashed {
  const [, N, r, p, salt = '', hash = ''] = kept.split('$')
  return {
    options: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  }
}

/** The same letters are other bytes on another keyboard, unless they are normalised. */
function derive(
  password: string,
  { options, salt, length }: Pick<Hashed, 'options' | 'salt'> & { length: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, options, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}
