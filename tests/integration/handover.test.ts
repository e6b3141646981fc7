import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openZip } from '../../electron/parser/formats/read-zip.ts'
import { day, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The one package of a hired person for the personnel file (K22): approved, written once, listed and not hunted. */

const officer = '沈清'
const person = { name: '林若曦', phone: '13800138000', summary: '电话 13800138000，另有 lin@mail.example' }

const start = async () => {
  const home = await retentionHome()
  const { record, application } = await home.intake(await home.newJob(), person)
  await home.call('application.set_stage', { id: application, stage: 'hired' })
  const path = join(realpathSync(temporaryFolder()), 'package.zip')
  Object.assign(home.core, { askPlace: () => Promise.resolve(path) })
  return { home, record, application, path }
}
const basis = { legal_basis: 'contract', reason: '订立劳动合同' } as const

const granted = async (home: RetentionHome, application: never): Promise<string> => {
  const { id } = await home.call('handover.request', { application_id: application, ...basis })
  await home.call('handover.decide', { id, status: 'granted', officer })
  return id
}
const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('the package of a hired person', () => {
  it('[ZP-74] [D5] [D21] is written by approval, with every hash and the new legal basis, and stands on the certificate', async () => {
    const { home, record, application, path } = await start()
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
    const id = await granted(home, application as never)
    expect(await home.call('handover.make', { id })).toMatchObject({ written: true })
    const bytes = readFileSync(path)
    const zip = openZip(bytes)
    const manifest = JSON.parse(Buffer.from(zip.read('manifest.json')).toString('utf8')) as {
      files: Array<{ name: string; sha256: string }>
    }
    expect(manifest).toMatchObject({ format: 'candor-handover/1', legal_basis: 'contract', approved_by: officer })
    expect(manifest.files.length).toBeGreaterThan(0)
    for (const { name, sha256 } of manifest.files) expect([name, hex(zip.read(name))]).toEqual([name, sha256])
    const resume = JSON.parse(Buffer.from(zip.read('resume.json')).toString('utf8')) as {
      basics: { name?: string; phone?: string; summary?: string }
    }
    // Contacts by the rules, and nowhere else.
    expect(resume.basics).toMatchObject({ name: person.name, phone: person.phone })
    expect(resume.basics.summary).not.toContain('13800138000')
    expect(resume.basics.summary).not.toContain('lin@mail.example')
    // Once only, whoever asks.
    expect(await home.codeOf('handover.make', { id })).toBe('E_CONFLICT')
    expect(await home.codeOf('handover.request', { application_id: application, ...basis })).toBe('E_CONFLICT')
    home.passDays(7)
    await home.runDue()
    const [certificate] = await home.certificates()
    expect(certificate).toMatchObject({
      left_behind: 0,
      counts: { files_handed_over: 1 },
      handed_over: [{ sha256: hex(bytes), legal_basis: 'contract' }],
    })
    expect(existsSync(path)).toBe(true)
    expect(home.count('registered_file')).toBe(0)
    const { items } = await home.call('ledger.list', { limit: 100 })
    expect(items.map(({ detail }) => detail)).toContain('handover contract')
    expect(JSON.stringify(items)).not.toContain('劳动合同')
  })

  it('[D21] [D5] is refused without approval, to oneself, before a hire and after its week', async () => {
    const { home, application } = await start()
    const other = await home.intake(await home.newJob(), { name: '赵无忌', phone: '13900139000' })
    expect(await home.codeOf('handover.request', { application_id: other.application, ...basis })).toBe('E_CONFLICT')
    const { id } = await home.call('handover.request', { application_id: application, ...basis })
    expect(await home.codeOf('handover.make', { id })).toBe('E_APPROVAL')
    expect(await home.codeOf('handover.decide', { id, status: 'granted' })).toBe('E_APPROVAL')
    expect(await home.codeOf('handover.decide', { id, status: 'granted', officer: 'hr' })).toBe('E_APPROVAL')
    await home.call('handover.decide', { id, status: 'granted', officer })
    home.time.wall += 7 * day
    expect(await home.codeOf('handover.make', { id })).toBe('E_CONFLICT')
    expect((await home.call('handover.list', {})).items).toEqual([])
    await home.call('account.name_officer', { officer: '本人' })
    expect(await home.codeOf('handover.decide', { id, status: 'refused', officer: '本人' })).toBe('E_CONFLICT')
  })

  it('[D21] that could not be written leaves nothing, and may be tried again; a file that is there is not replaced', async () => {
    const { home, application, path } = await start()
    const id = await granted(home, application as never)
    writeFileSync(path, 'of the user')
    expect(await home.call('handover.make', { id })).toMatchObject({ written: false })
    expect(readFileSync(path, 'utf8')).toBe('of the user')
    expect(home.count('registered_file')).toBe(0)
    for (const place of [join(home.home, 'package.zip'), 'package.zip']) {
      Object.assign(home.core, { askPlace: () => Promise.resolve(place) })
      expect(await home.codeOf('handover.make', { id })).toBe('E_FILE')
    }
    Object.assign(home.core, { askPlace: () => Promise.resolve(null) })
    expect(await home.codeOf('handover.make', { id })).toBe('E_CANCELLED')
    Object.assign(home.core, { askPlace: () => Promise.resolve(`${path}.2`) })
    expect(await home.call('handover.make', { id })).toMatchObject({ written: true })
  })

  it('[D8] is not written once the person has withdrawn, whatever was approved', async () => {
    const { home, record, application, path } = await start()
    const id = await granted(home, application as never)
    home.core.account?.store.db.run(
      `UPDATE candidate SET lock_reason = 'consent_withdrawn' WHERE record_id = '${record}'`,
    )
    expect(await home.codeOf('handover.make', { id })).toBe('E_CONFLICT')
    expect(existsSync(path)).toBe(false)
  })
})
