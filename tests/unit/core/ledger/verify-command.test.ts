import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyLedgerFile } from '../../../../electron/core/ledger/verify-command.ts'
import { actor, bundleOf, openTestLedger, view } from './ledger-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-verify-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('candor ledger verify', () => {
  const { ledger } = openTestLedger()
  ledger.append(
    actor,
    Array.from({ length: 700 }, (_, index) => view(`c${index}`)),
  )
  const older = put('older', ledger.checkpoint())
  ledger.append(actor, [view('c1')])
  const lines = bundleOf(ledger)
  const bundle = put('bundle', `${lines.join('\n')}\n`)

  it('passes an honest file without key, store or network', () => {
    expect(verifyLedgerFile(bundle)).toMatchObject({
      verdict: 'valid',
      completeness: 'not_provable',
      exitCode: 0,
      size: 701,
    })
    expect(verifyLedgerFile(bundle, { olderCheckpoint: older, requireAnchor: true })).toMatchObject({
      verdict: 'valid',
      completeness: 'proven',
      provenTo: 700,
      exitCode: 0,
    })
    expect(verifyLedgerFile(put('crlf-free', lines.join('\n')))).toMatchObject({ verdict: 'valid' })
  })

  it('ends with 5 where an anchor is required and there is none', () => {
    expect(verifyLedgerFile(bundle, { requireAnchor: true })).toMatchObject({
      verdict: 'valid',
      completeness: 'not_provable',
      exitCode: 5,
    })
  })

  it('ends with 5 and says what and where for a changed, cut or foreign file', () => {
    const changed = put('changed', lines.with(5, lines[5]?.replace('shown', 'denied') ?? '').join('\n'))
    expect(verifyLedgerFile(changed)).toMatchObject({ verdict: 'root_mismatch', exitCode: 5 })
    const cut = put('cut', lines.slice(0, 300).join('\n'))
    expect(verifyLedgerFile(cut)).toMatchObject({ verdict: 'cut', where: 'line 300', exitCode: 5 })
    expect(verifyLedgerFile(put('png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff)))).toMatchObject({ exitCode: 5 })
    expect(verifyLedgerFile(put('empty', ''))).toMatchObject({ verdict: 'malformed', exitCode: 5 })
    expect(verifyLedgerFile(put('endless', 'x'.repeat(3_000_000)))).toMatchObject({ verdict: 'malformed', exitCode: 5 })
    const foreign = openTestLedger().ledger
    foreign.append(actor, [view('a')])
    const other = put('other', foreign.checkpoint())
    expect(verifyLedgerFile(bundle, { olderCheckpoint: other })).toMatchObject({
      verdict: 'foreign_anchor',
      exitCode: 5,
    })
    expect(verifyLedgerFile(bundle, { olderCheckpoint: bundle })).toMatchObject({
      verdict: 'foreign_anchor',
      exitCode: 5,
    })
  })

  it('says E_FILE for a file that is not there', () => {
    for (const attempt of [
      () => verifyLedgerFile(join(folder, 'none')),
      () => verifyLedgerFile(folder),
      () => verifyLedgerFile(bundle, { olderCheckpoint: join(folder, 'none') }),
    ]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'E_FILE' }))
    }
  })
})
