import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The name in the lines of cosignatures (C2SP tlog-cosignature); discovery gives it as `kid`. */
export const witnessName = 'candor-hub'

/** The hub's own keys: one that wraps candidates' keys, one that cosigns logs. Made once, kept in its folder. */
export type HubKeys = {
  /** 32 bytes. */
  readonly wrappingKey: Uint8Array
  /** Raw Ed25519 public key, 32 bytes. */
  readonly witnessPublicKey: Uint8Array
  signAsWitness(message: Uint8Array): Uint8Array
}

/** Without a folder (tests in memory) the keys live as long as the process. */
export const openHubKeys = (home: string | undefined): HubKeys => {
  const wrappingKey = keep(home, 'wrapping.key', () => randomBytes(32))
  const pkcs8 = keep(home, 'witness.key', () =>
    generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }),
  )
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    wrappingKey,
    witnessPublicKey: new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url')),
    signAsWitness: (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}

const keep = (home: string | undefined, name: string, make: () => Uint8Array): Uint8Array => {
  if (home === undefined) return make()
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const path = join(home, name)
  try {
    // `wx`: two hubs that start at once must end up with one key.
    writeFileSync(path, make(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return new Uint8Array(readFileSync(path))
}
