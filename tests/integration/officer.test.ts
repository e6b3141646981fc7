import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCertificate } from '../../electron/core/retention/check-certificate.ts'
import { openZip } from '../../electron/parser/formats/read-zip.ts'
import { nodeLedgerCrypto } from '../../electron/core/ledger/node-ledger-crypto.ts'
import { verifyBundle } from '../../electron/shared/ledger/verify-bundle.ts'
import { day, retentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The protection officer's desk, and the evidence that an auditor takes along (ZP-99). */

const person = { name: '林若曦', phone: '13800138000', summary: '邮箱 lin@mail.example' }

const start = async () => {
  const home = await retentionHome()
  const { record, application } = await home.intake(await home.newJob(), person, '林若曦简历.txt')
  const folder = realpathSync(temporaryFolder())
  Object.assign(home.core, { askPlace: () => Promise.resolve(folder) })
  return { home, record, application, folder }
}

describe('the audit package', () => {
  it('[MM-36] lists its measures by control with the files that show them, and claims no certification', async () => {
    const { home, application, folder } = await start()
    await home.call('retention.destroy_now', { application_ids: [application] })
    await home.runDue()
    const made = await home.call('audit.make', { from_at: home.time.wall - day, to_at: home.time.wall + 1 })
    const zip = openZip(readFileSync(join(folder, made.files[0]?.name ?? '')))
    const { certification, controls } = JSON.parse(Buffer.from(zip.read('controls.json')).toString('utf8')) as {
      certification: string
      controls: Array<{ control: string; zh: string; en: string; evidence: string[] }>
    }
    expect(certification).toBe('none')
    expect(new Set(controls.map(({ control }) => control)).size).toBe(controls.length)
    for (const { control, evidence } of controls) {
      expect(control).toMatch(/^A\.[5-8]\.\d+$/u)
      expect(evidence.filter((file) => !zip.names.some((name) => name.startsWith(file)))).toEqual([])
    }
    // Each kind of file that the package has is evidence of something.
    const shown = controls.flatMap(({ evidence }) => evidence)
    expect(
      zip.names.filter((name) => name !== 'controls.json' && !shown.some((file) => name.startsWith(file))),
    ).toEqual([])
  })

  it('[ZP-99] [LG-11] [WZ-15] [MM-37] holds rules, log, certificates and open copies, checks by itself, and nobody’s contact', async () => {
    const { home, record, application, folder } = await start()
    const gone = await home.intake(await home.newJob(), { name: '赵无忌', phone: '13900139000' })
    await home.call('candidate.reveal', { id: record, field: 'phone', reason: 'other', words: '核对 13700137000' })
    await home.call('note.add', { id: record, text: '联系 wang@corp.example' })
    await home.call('hold.request', { id: record, until: home.time.wall + 30 * day, reason: '林若曦 劳动争议' })
    await home.call('retention.destroy_now', { application_ids: [gone.application] })
    await home.runDue()
    await home.call('disclosure.make', { person: { record_id: record } })
    const made = await home.call('audit.make', { from_at: home.time.wall - day, to_at: home.time.wall + 1 })
    expect(made).toMatchObject({ certificates: 1, files: [{ written: true }] })
    const zip = openZip(readFileSync(join(folder, made.files[0]?.name ?? '')))
    const text = (name: string): string => Buffer.from(zip.read(name)).toString('utf8')
    const all = zip.names.map(text).join('\n')
    for (const word of [
      ...['林若曦', '13800138000', 'lin@mail.example', '赵无忌', '13900139000'],
      ...['13700137000', 'wang@corp.example', '劳动争议', folder, record, application],
    ])
      expect(all.includes(word), word).toBe(false)
    // Every part is there, and each with its hash.
    const manifest = JSON.parse(text('manifest.json')) as { files: Array<{ name: string; sha256: string }> }
    expect(manifest).toMatchObject({ format: 'candor-audit/1', employer: '北辰科技' })
    for (const { name, sha256 } of manifest.files)
      expect([name, createHash('sha256').update(zip.read(name)).digest('hex')]).toEqual([name, sha256])
    expect(JSON.parse(text('open-copies.json'))).toMatchObject({ files: [{ state: 'present' }, { state: 'present' }] })
    expect(JSON.parse(text('bases.json'))).toMatchObject({ applications: [{ channel: 'direct', platform: 'direct' }] })
    expect(JSON.parse(text('rules/direct.json'))).toMatchObject({ document: { id: 'direct' } })
    expect(JSON.parse(text('holds.json'))).toMatchObject({ approvals: [{ kind: 'hold', state: 'pending' }] })
    expect(JSON.parse(text('accounts.json'))).toMatchObject({ accounts: [{ officer: '沈清' }] })
    // What proves itself does so without this program's home.
    const lines = text('ledger.jsonl').trimEnd().split('\n')
    expect(verifyBundle(nodeLedgerCrypto, lines).verdict).toBe('valid')
    const certificate = zip.names.find((name) => name.startsWith('certificates/')) ?? ''
    expect(checkCertificate(text(certificate)).problem).toBeNull()
    expect((await home.call('audit.list', {})).items).toHaveLength(1)
    expect((await home.call('ledger.list', { limit: 3 })).items[1]).toMatchObject({ action: 'export', reason: 'audit' })
  })

  it('is cancelled without a trace, and takes no time that ends before it begins', async () => {
    const { home } = await start()
    expect(await home.codeOf('audit.make', { from_at: 2, to_at: 1 })).toBe('E_INPUT')
    Object.assign(home.core, { askPlace: () => Promise.resolve(null) })
    expect(await home.codeOf('audit.make', { from_at: 1, to_at: 2 })).toBe('E_CANCELLED')
    expect(home.count('audit_export')).toBe(0)
  })
})

describe('the desk', () => {
  it('[ZP-97] [ZP-99] counts what is owed: approvals, holds, incidents, dates, assessments', async () => {
    const { home, record } = await start()
    const now = home.time.wall
    await home.call('hold.request', { id: record, until: now + 20 * day, reason: '仲裁' })
    await home.call('officer.save_date', {
      kind: 'training',
      whose: '周岚',
      done_at: now - 400 * day,
      until: now - 35 * day,
    })
    const { id } = await home.call('officer.save_date', {
      kind: 'confidentiality',
      whose: '周岚',
      done_at: now - 340 * day,
      until: now + 20 * day,
    })
    await home.call('officer.save_assessment', {
      title: 'AI 摘要',
      basis: 'automated_decision',
      result: 'planned',
      measures: '',
    })
    await home.call('incident.open', {
      kind: 'other',
      title: '演练',
      discovered_at: now - 2 * day,
      from_at: 0,
      to_at: 1,
    })
    expect(await home.call('officer.desk', {})).toMatchObject({
      officer: '沈清',
      approvals: { holds: 1, handovers: 0 },
      incidents: { open: 1, late: 1, untold: 0 },
      dates: { over: 1, soon: 1 },
      assessments: { planned: 1, due: 0 },
    })
    // Changed, not doubled; and taken away again.
    await home.call('officer.save_date', {
      id,
      kind: 'confidentiality',
      whose: '周岚',
      done_at: now,
      until: now + 365 * day,
    })
    expect((await home.call('officer.dates', {})).items).toHaveLength(2)
    await home.call('officer.remove_date', { id })
    expect(await home.codeOf('officer.remove_date', { id })).toBe('E_NOT_FOUND')
    // Nobody's contact gets into what is kept in clear.
    expect(await home.codeOf('officer.save_date', { kind: 'training', whose: '周岚 13800138000', done_at: now })).toBe(
      'E_INPUT',
    )
    expect(
      await home.codeOf('officer.save_assessment', { title: 'x', basis: 'other', result: 'acceptable', measures: '' }),
    ).toBe('E_INPUT')
  })

  it('[ZP-32] tells who read the log, and that somebody asked', async () => {
    const { home, record } = await start()
    await home.call('ledger.list', { record_id: record, limit: 5 })
    await home.call('ledger.list', { limit: 5 })
    const { items } = await home.call('officer.log_reads', {})
    expect(items.map(({ of_one: one, record_id: of }) => [one, of])).toEqual([
      [false, undefined],
      [true, record],
    ])
    expect((await home.call('officer.log_reads', {})).items[0]).toMatchObject({ detail: 'log_reads', of_one: false })
  })
})
