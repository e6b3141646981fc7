import { describe, expect, it } from 'vitest'
import { signCertificate, type CertificateBody } from '../../electron/core/retention/certificate.ts'
import { verifyCertificate } from '../../electron/core/retention/check-certificate.ts'
import { nodeLedgerCrypto, textLeafHash } from '../../electron/core/ledger/node-ledger-crypto.ts'
import { fromBase64 } from '../../electron/shared/ledger/bytes.ts'
import { parseCheckpoint } from '../../electron/shared/ledger/checkpoint.ts'
import { verifyInclusion } from '../../electron/shared/ledger/merkle.ts'
import { day, monday, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

const lin = { name: '林若曦', phone: '13800138000', summary: '八年支付系统经验' }
const account = (home: RetentionHome) => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account
}
const vault = (home: RetentionHome) => {
  if (home.core.vault === null) throw new Error('locked')
  return home.core.vault
}
describe('the certificate', () => {
  const one = async () => {
    const home = await retentionHome()
    const { application } = await home.intake(await home.newJob(), lin)
    await home.call('retention.destroy_now', { application_ids: [application] })
    await home.runDue()
    const { items } = await home.call('certificate.list', {})
    const { document } = await home.call('certificate.get', { id: items[0]?.id ?? '' })
    return { home, document }
  }

  it('[ZP-74] [ZP-79] states ground, counts, methods and limits, and its entry stands in the log', async () => {
    const { home, document } = await one()
    const { body } = JSON.parse(document) as { body: CertificateBody }
    expect(body).toMatchObject({ reason: 'requested', clause: 'ZP-84', verified: { rows_left: 0, keys_left: 0 } })
    expect(body.methods.map(({ of }) => of)).toEqual(['keys', 'rows', 'index'])
    expect(document).not.toContain('林')
    expect(document).not.toContain('13800138000')
    const { size, root } = parseCheckpoint(body.ledger.checkpoint)
    const claim = { index: body.ledger.index, size, leaf: textLeafHash(body.ledger.entry), root }
    const proof = body.ledger.proof.map(fromBase64)
    expect(verifyInclusion(nodeLedgerCrypto.sha256, { ...claim, proof })).toBe(true)
    expect((await home.call('ledger.verify', {})).verdict).toBe('valid')
  })

  it('is found out wherever it was changed', async () => {
    const { home, document } = await one()
    const { ledger } = vault(home)
    expect(verifyCertificate(document, ledger)).toBeNull()
    const tampered = [
      document.replace('"left_behind":0', '"left_behind":1'),
      document.replace('"reason":"requested"', '"reason":"rejected"'),
      document.replace(/"index":\d+/, '"index":0'),
      document.replace(/"signature":"..../, '"signature":"AAAA'),
      document.slice(1),
      '',
      '{}',
    ]
    for (const text of tampered) expect(verifyCertificate(text, ledger)).not.toBeNull()
  })

  it('is found out when it is signed well, yet its entry is none of the log', async () => {
    const { home, document } = await one()
    const { body } = JSON.parse(document) as { body: CertificateBody }
    const { ledger } = vault(home)
    const resign = (change: Partial<typeof body>): string => signCertificate({ ...body, ...change }, ledger)
    expect(verifyCertificate(resign({}), ledger)).toBeNull()
    const other = body.ledger.entry.replace(/"nonce":"[^"]*"/, '"nonce":"AAAAAAAAAAAAAAAAAAAAAA"')
    expect(verifyCertificate(resign({ ledger: { ...body.ledger, entry: other } }), ledger)).toBe('not_in_log')
    expect(verifyCertificate(resign({ subject: { ...body.subject, candidate: 'x' } }), ledger)).toBe('other_entry')
    expect(verifyCertificate(resign({ finished_at: body.finished_at - day }), ledger)).toBe('other_entry')
  })
})

describe('the plan', () => {
  it('counts the ends of a week by the days of Asia/Shanghai, what is overdue today', async () => {
    const home = await retentionHome()
    const { db } = account(home).store
    const job = await home.newJob()
    // 2026-03-03 00:00 in Asia/Shanghai is 16:00 UTC of the day before.
    const midnight = Date.UTC(2026, 2, 2, 16)
    const ends = [monday - day, midnight - 1, midnight, midnight + 6 * day - 1, midnight + 6 * day]
    for (const [i, due] of ends.entries()) {
      const { application } = await home.intake(job, { name: `${'甲乙丙丁戊'[i] ?? ''}某` })
      db.run('UPDATE application SET due_at = ? WHERE id = ?', due, application)
    }
    const plan = await home.call('retention.plan', {})
    expect(plan.week.map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 0, 1])
    expect(plan.week.map(({ day: date }) => date)).toEqual(
      ['02', '03', '04', '05', '06', '07', '08'].map((date) => `2026-03-${date}`),
    )
    expect(plan.counts.within_7_days).toBe(4)
    expect(plan.items.map(({ due_at }) => due_at)).toEqual(ends)
    expect(plan.items[0]).toMatchObject({ state: 'due' })
    const paged = await home.call('retention.plan', { limit: 2 })
    const rest = await home.call('retention.plan', { limit: 5, cursor: paged.next_cursor ?? '' })
    expect([...paged.items, ...rest.items].map(({ due_at }) => due_at)).toEqual(ends)
  })
})
