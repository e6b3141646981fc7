import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** A bearer secret: 32 random bytes. Only its hash is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256 is enough: the secret has 256 bits of its own. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('base64url')}`

const cost = { N: 16_384, r: 8, p: 1 } as const
const derive = (password: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error === null ? resolve(key) : reject(error)))
  })

/** `scrypt$salt$hash` (RFC 7914, N=2^14, r=8, p=1). */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`
}

export const verifyPassword = async (password: string, stored: string): Promise<boolean> => {
  const [, salt, hash] = stored.split('$')
  if (salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'))
  return expected.length === actual.length && timingSafeEqual(actual, expected)
}

/** Takes as long as a real check, so that an unknown account cannot be told from a wrong password by time. */
export const wasteTimeOn = async (password: string): Promise<false> => {
  await derive(password, randomBytes(16))
  return false
}
