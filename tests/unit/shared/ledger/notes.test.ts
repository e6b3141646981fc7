import { describe, expect, it } from 'vitest'
import { fromBase64, fromBase64Url, toBase64, toBase64Url, utf8 } from '../../../../electron/shared/ledger/bytes.ts'
import {
  formatCheckpoint,
  parseCheckpoint,
  parseCheckpointText,
  signCheckpoint,
  verifyCheckpoint,
} from '../../../../electron/shared/ledger/checkpoint.ts'
import { cosign, cosignatureTime, verifyCosignature } from '../../../../electron/shared/ledger/cosignature.ts'
import { leafHash } from '../../../../electron/shared/ledger/merkle.ts'
import {
  formatSignedNote,
  parseSignatureLine,
  parseSignedNote,
  verifySignedNote,
} from '../../../../electron/shared/ledger/signed-note.ts'
import { emptyEdge, growEdge } from '../../../../electron/shared/ledger/tree-edge.ts'
import {
  formatVerifierKey,
  keyTypes,
  parseVerifierKey,
  verifierKey,
} from '../../../../electron/shared/ledger/verifier-key.ts'
import { verifyLogPush } from '../../../../electron/shared/ledger/verify-log-push.ts'
import { nodeCrypto, signerFromSeed } from './node-crypto.ts'

const { sha256 } = nodeCrypto

/** Key and note of the reference implementation (golang.org/x/mod/sumdb/note). */
const neumann = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  seed: fromBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz').subarray(1),
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
}

/** The example of C2SP tlog-cosignature. */
const sofa = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

/** The example of C2SP signed-note: its text holds an empty line. */
const quasimodo = `Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
`

describe('C2SP signed notes', () => {
  const note = `${neumann.text}\n${neumann.line}`

  it('accept the note of the reference implementation and give its key the published id', () => {
    const key = parseVerifierKey(sha256, neumann.key)
    expect(key.keyId).toBe('c74f20a3')
    expect(formatVerifierKey(key)).toBe(neumann.key)
    expect(verifySignedNote(nodeCrypto, note, key).text).toBe(neumann.text)
    const signer = signerFromSeed(neumann.seed)
    expect(toBase64(signer.publicKey)).toBe(toBase64(key.publicKey))
    const [signature] = parseSignedNote(note).signatures
    expect(toBase64(signer.sign(utf8(neumann.text)))).toBe(toBase64(signature?.signature ?? utf8('')))
  })

  it('keep empty lines of the text apart from the signatures, as in the example of the specification', () => {
    const parsed = parseSignedNote(quasimodo)
    expect(parsed.text.endsWith('\n\ned è subito sera.\n')).toBe(true)
    expect(parsed.signatures).toHaveLength(1)
    expect(parsed.signatures[0]).toMatchObject({ name: 'quasimodo.example/salvatore', keyId: '367ba04b' })
    expect(formatSignedNote(parsed)).toBe(quasimodo)
  })

  it.each([
    ['one letter of the text changed', note.replace('your', 'Your')],
    ['another name on the line', note.replace('— Peter', '— Pater')],
    ['a signature that is cut', note.replace('JnAM=\n', 'J\n')],
    ['no signature', `${neumann.text}\n`],
    ['no blank line', `${neumann.text}${neumann.line}`],
    ['a carriage return', note.replace('\n\n', '\r\n\n')],
    ['a last line without end', note.slice(0, -1)],
    ['a hyphen for the dash', note.replace('— ', '- ')],
    ['an empty line between signatures', `${note}\n${neumann.line}`],
    ['two spaces', note.replace('PeterNeumann x', 'PeterNeumann  x')],
  ])('are refused with %s', (_name, changed) => {
    const key = parseVerifierKey(sha256, neumann.key)
    expect(() => verifySignedNote(nodeCrypto, changed, key)).toThrow()
  })

  it('refuse verifier keys whose hash, name or type is not theirs', () => {
    for (const wrong of [
      neumann.key.replace('c74f20a3', 'c74f20a4'),
      neumann.key.replace('Peter', 'Pater'),
      neumann.key.replace('+ARpc', '+ERpc'),
      neumann.key.slice(0, -4),
      'PeterNeumann',
      '',
    ]) {
      expect(() => parseVerifierKey(sha256, wrong)).toThrow()
    }
    expect(() => verifierKey(sha256, 'two words', keyTypes.ed25519, new Uint8Array(32))).toThrow()
    expect(() => verifierKey(sha256, 'a+b', keyTypes.ed25519, new Uint8Array(32))).toThrow()
  })
})

describe('C2SP checkpoints', () => {
  it('parse the published example', () => {
    const checkpoint = parseCheckpoint(sofa)
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 })
    expect(formatCheckpoint(checkpoint)).toBe(parseSignedNote(sofa).text)
  })

  it.each([
    ['a leading zero', 'o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'],
    ['a negative size', 'o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'],
    ['a size above 2^53', 'o\n9007199254740993\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'],
    ['a short root', 'o\n1\nCsU=\n'],
    ['two lines', 'o\n1\n'],
    ['no origin', '\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'],
    ['an empty extension line', 'o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n'],
  ])('are refused with %s', (_name, text) => {
    expect(() => parseCheckpointText(text)).toThrow()
  })

  it('are refused when their origin is not the name of the key that signed', () => {
    const signer = signerFromSeed(neumann.seed)
    const key = verifierKey(sha256, 'candor/a', keyTypes.ed25519, signer.publicKey)
    const note = signCheckpoint({ origin: 'candor/b', size: 0, root: sha256(utf8('')) }, key, signer.sign)
    expect(() => verifyCheckpoint(nodeCrypto, note, key)).toThrow('origin')
  })
})

describe('C2SP cosignatures', () => {
  const signer = signerFromSeed(neumann.seed)
  const witness = verifierKey(sha256, 'hub.example/w', keyTypes.cosignature, signer.publicKey)
  const time = 1679315147

  it('read the time of the published example', () => {
    const { signatures } = parseSignedNote(sofa)
    const cosignature = signatures.find(({ name }) => name === 'witness.example.com/w1')
    expect(cosignature && cosignatureTime(cosignature)).toBe(time)
    expect(cosignature?.keyId).toBe('8d66cf3f')
  })

  it('sign exactly the message that the specification prints', () => {
    const messages: string[] = []
    const spy = {
      name: witness.name,
      publicKey: signer.publicKey,
      sign: (message: Uint8Array) => {
        messages.push(new TextDecoder().decode(message))
        return signer.sign(message)
      },
    }
    const line = cosign(sha256, sofa, spy, time)
    expect(messages).toEqual([
      'cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    ])
    const { text } = parseSignedNote(sofa)
    expect(verifyCosignature(nodeCrypto, text, line, witness)).toBe(time)
    // The cosigned note is one note again.
    expect(parseSignedNote(sofa + line).signatures).toHaveLength(3)
  })

  it('are refused for another text, time, name, key or type', () => {
    const { text } = parseSignedNote(sofa)
    const line = cosign(sha256, sofa, { name: witness.name, publicKey: signer.publicKey, sign: signer.sign }, time)
    const refused = (changedText: string, changedLine: string, key = witness): void => {
      expect(() => verifyCosignature(nodeCrypto, changedText, changedLine, key)).toThrow()
    }
    refused(text.replace('20852163', '20852164'), line)
    const { name, keyId, signature } = parseSignatureLine(line)
    const later = Uint8Array.from(signature)
    later[7] = (later[7] ?? 0) + 1
    refused(text, formatSignedNote({ text: '', signatures: [{ name, keyId, signature: later }] }).slice(1))
    refused(text, line.replace('hub.example', 'hab.example'))
    refused(text, line, verifierKey(sha256, witness.name, keyTypes.ed25519, signer.publicKey))
    const other = signerFromSeed(new Uint8Array(32).fill(9))
    refused(text, line, verifierKey(sha256, witness.name, keyTypes.cosignature, other.publicKey))
    refused(text, line, { ...witness, publicKey: other.publicKey })
  })
})

describe('base64', () => {
  it('agrees with Node and has one text for each byte string', () => {
    for (let length = 0; length < 40; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 89 + length * 31) & 255)
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
    }
    for (const text of ['A', 'AB', 'AB=', 'AB==', 'AA==AA==', 'A===', 'AA==\n', 'A-==', 'AC==', '=', 'ÄB==']) {
      expect(() => fromBase64(text), text).toThrow()
    }
    expect(() => fromBase64Url('AB')).toThrow()
  })
})

describe('a witness', () => {
  const signer = signerFromSeed(new Uint8Array(32).fill(3))
  const key = verifierKey(sha256, 'candor/d', keyTypes.ed25519, signer.publicKey)
  const entries = ['{"a":1}', '{"a":2}', '{"a":3}']
  const push = (from: number, all: readonly string[], consistency: readonly string[]) => {
    const edge = growEdge(sha256, emptyEdge)
    for (const entry of all) edge.append(leafHash(sha256, utf8(entry)))
    const checkpoint = signCheckpoint({ origin: 'candor/d', size: edge.size, root: edge.root() }, key, signer.sign)
    return { from, entries: all.slice(from), subjects: {}, checkpoint, consistency: [...consistency] }
  }

  it('takes a log up entry by entry and refuses one that was cut, forked or signed by another', () => {
    const first = verifyLogPush(nodeCrypto, key, emptyEdge, push(0, entries.slice(0, 2), []))
    expect(first.size).toBe(2)
    const third = toBase64(leafHash(sha256, utf8('{"a":3}')))
    expect(verifyLogPush(nodeCrypto, key, first, push(2, entries, [third])).size).toBe(3)
    const forked = ['{"a":1}', '{"a":9}', '{"a":3}']
    expect(() => verifyLogPush(nodeCrypto, key, first, push(2, forked, [third]))).toThrow('not that of these entries')
    expect(() => verifyLogPush(nodeCrypto, key, first, push(0, entries, []))).toThrow('do not continue')
    expect(() => verifyLogPush(nodeCrypto, key, first, { ...push(2, entries, [third]), entries: [] })).toThrow(
      'continue',
    )
    const swapped = { ...push(2, entries, [third]), entries: ['{"a":4}'] }
    expect(() => verifyLogPush(nodeCrypto, key, first, swapped)).toThrow('not that of these entries')
    const stranger = verifierKey(sha256, 'candor/d', keyTypes.ed25519, signerFromSeed(new Uint8Array(32)).publicKey)
    expect(() => verifyLogPush(nodeCrypto, stranger, first, push(2, entries, [third]))).toThrow('not signed')
  })
})
