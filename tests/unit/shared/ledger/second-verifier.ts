import { createHash, createPublicKey, verify } from 'node:crypto'

/**
 * A second reading of RFC 9162 §2.1, RFC 8785, C2SP signed-note, tlog-checkpoint and tlog-cosignature, written from those texts alone.
 * It shares no code with the program, so that what both accept is what the specifications say and not what one of us thinks.
 */

const hash = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((h, part) => h.update(part), createHash('sha256')).digest()

/** MTH of RFC 9162 §2.1.1, by its own recursion over the whole list. */
export const merkleTreeHash = (entries: readonly string[]): Buffer => {
  const [only] = entries
  if (only === undefined) return hash()
  if (entries.length === 1) return hash(Buffer.of(0), Buffer.from(only, 'utf8'))
  let k = 1
  while (k << 1 < entries.length) k <<= 1
  return hash(Buffer.of(1), merkleTreeHash(entries.slice(0, k)), merkleTreeHash(entries.slice(k)))
}

/** RFC 8785 for what I-JSON allows: members by UTF-16 code units, numbers and strings as ECMAScript writes them. */
export const jcs = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1))
  return `{${names.map((name) => `${JSON.stringify(name)}:${jcs((value as Record<string, unknown>)[name])}`).join(',')}}`
}

type Key = { readonly name: string; readonly id: Buffer; readonly type: number; readonly raw: Buffer }

/** `name+hash+base64(type ‖ key)`. */
const readKey = (text: string): Key => {
  const [name = '', id = '', ...rest] = text.split('+')
  const bytes = Buffer.from(rest.join('+'), 'base64')
  const wanted = hash(Buffer.from(`${name}\n`, 'utf8'), bytes).subarray(0, 4)
  if (wanted.toString('hex') !== id) throw new Error('the key is not of its id')
  return { name, id: wanted, type: bytes[0] ?? 0, raw: bytes.subarray(1) }
}

const ed25519 = (raw: Buffer, message: Buffer, signature: Buffer): boolean =>
  verify(
    null,
    message,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' }),
    signature,
  )

/** Text of a signed note and the signatures that stand under it for this key. */
const readNote = (note: string, key: Key): { readonly text: string; readonly signatures: readonly Buffer[] } => {
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0) throw new Error('no signature')
  const signatures = note
    .slice(cut + 2)
    .split('\n')
    .flatMap((line) => {
      const [dash, name, body = ''] = line.split(' ')
      const bytes = Buffer.from(body, 'base64')
      return dash === '—' && name === key.name && bytes.subarray(0, 4).equals(key.id) ? [bytes.subarray(4)] : []
    })
  return { text: note.slice(0, cut + 1), signatures }
}

type Head = { readonly size: number; readonly root: string }

const readCheckpoint = (text: string): Head & { readonly origin: string } => {
  const [origin = '', size = '', root = ''] = text.split('\n')
  if (!/^(?:0|[1-9]\d*)$/.test(size)) throw new Error('no tree size')
  return { origin, size: Number(size), root }
}

/** What a whole bundle (no cut months) proves; anything that does not hold throws. */
export const readBundle = (lines: readonly string[], witness?: string): { readonly cosigned: boolean } & Head => {
  const [header, ...rows] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  const tail = rows.pop()
  const key = readKey(String(header?.['public_key']))
  if (header?.['format'] !== 'candor-ledger/1' || key.type !== 1 || key.name !== header['origin'])
    throw new Error('header')
  const entries = rows.map((row, index) => {
    const entry = String(row['entry'])
    if (row['i'] !== index || jcs(JSON.parse(entry)) !== entry) throw new Error(`entry ${index}`)
    return entry
  })
  const { text, signatures } = readNote(String(tail?.['checkpoint']), key)
  if (!signatures.some((signature) => ed25519(key.raw, Buffer.from(text, 'utf8'), signature)))
    throw new Error('signature')
  const head = readCheckpoint(text)
  const root = merkleTreeHash(entries).toString('base64')
  if (head.origin !== key.name || head.size !== entries.length || head.root !== root) throw new Error('root')
  const cosigned =
    witness !== undefined &&
    (tail?.['cosignatures'] as string[]).some((note) => {
      const by = readKey(witness)
      const body = readNote(note.includes('\n\n') ? note : `${text}\n${note}`, by)
      return body.signatures.some((bytes) => {
        const at = bytes.readBigUInt64BE(0)
        const message = Buffer.from(`cosignature/v1\ntime ${at}\n${body.text}`, 'utf8')
        return by.type === 4 && body.text === text && ed25519(by.raw, message, bytes.subarray(8))
      })
    })
  return { size: head.size, root, cosigned }
}
