import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { anchorOfFile, verifyLedgerFile } from '../../../../electron/core/ledger/verify-command.ts'
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

  it('gives a head as one line that finds a later rewriting, also after a mail program has broken it', () => {
    const early = put('early', `${bundleOf(ledger).join('\n')}\n`)
    const { line = '', exitCode } = anchorOfFile(early)
    expect([exitCode, line.split(' ').length, line.includes('\n')]).toEqual([0, 2, false])
    ledger.append(actor, [view('c2')])
    const grown = put('grown', `${bundleOf(ledger).join('\n')}\n`)
    const kept = put('line', `\n  ${line.replaceAll(/(.{70})/g, '$1\r\n')}\n`)
    expect(verifyLedgerFile(grown, { olderCheckpoint: kept, requireAnchor: true })).toMatchObject({
      verdict: 'valid',
      completeness: 'proven',
      exitCode: 0,
    })
    const cut = openTestLedger().ledger
    cut.append(actor, [view('c1')])
    const other = put('rewritten', `${bundleOf(cut).join('\n')}\n`)
    expect(verifyLedgerFile(other, { olderCheckpoint: kept })).toMatchObject({ exitCode: 5 })
    const damaged = put('damaged', lines.with(3, (lines[3] ?? '').replace('view', 'veiw')).join('\n'))
    expect(anchorOfFile(damaged)).toMatchObject({ exitCode: 5 })
    expect(anchorOfFile(damaged).line).toBeUndefined()
    for (const text of ['candor-checkpoint/1 %%%', `${line}x%`])
      expect(() => verifyLedgerFile(grown, { olderCheckpoint: put('odd', text) })).toThrow(
        expect.objectContaining({ code: 'E_FILE' }),
      )
  })

  it('stands alone: no home, nothing set, nothing written, over a file that may only be read', () => {
    const place = join(folder, 'alone')
    mkdirSync(place)
    chmodSync(bundle, 0o400)
    const program = fileURLToPath(new URL('../../../../electron/core/cli/main.ts', import.meta.url))
    const run = (command: string): string =>
      execFileSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', program, 'ledger', command, bundle, '--json'],
        {
          cwd: place,
          env: { HOME: place },
          encoding: 'utf8',
        },
      )
    expect(JSON.parse(run('verify'))).toMatchObject({ verdict: 'valid', completeness: 'not_provable', size: 701 })
    expect(JSON.parse(run('anchor'))).toMatchObject({
      verdict: 'valid',
      line: expect.stringMatching(/^candor-checkpoint\/1 /),
    })
    expect(readdirSync(place)).toEqual([])
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
