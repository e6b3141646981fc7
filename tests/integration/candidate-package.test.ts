import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkStatement } from '../../electron/core/disclosure/check-statement.ts'
import { withoutOthers } from '../../electron/core/disclosure/package/others-removed.ts'
import {
  copyPackage,
  type CopyPackage,
  type TransferPackage,
} from '../../electron/core/disclosure/package/package-format.ts'
import { transferSchema } from '../../electron/core/disclosure/package/transfer-schema.ts'
import { openZip } from '../../electron/parser/formats/read-zip.ts'
import { resume } from '../../electron/shared/domain/resume.ts'
import { openPolicyPlace, type PolicyPlace } from '../helpers/policy-place.ts'
import { retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Everything that is held of one person, for that person: their copy, and what they may take to another processor. */

const person = {
  name: '林若曦',
  phone: '13800138000',
  summary: '电话 13800138000。证明人：赵大海 13900139000，zhao@corp.example',
}
const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const start = async () => {
  const home = await retentionHome()
  const { record, application } = await home.intake(await home.newJob(), person)
  const folder = realpathSync(temporaryFolder())
  Object.assign(home.core, { askPlace: () => Promise.resolve(folder) })
  return { home, record, application, folder }
}

const make = async (home: Pick<RetentionHome, 'call'>, record: string, folder: string, kind: 'copy' | 'transfer') => {
  const output = await home.call('package.make', { record_id: record as never, kind })
  const path = join(folder, output.files[0]?.name ?? '')
  const zip = openZip(readFileSync(path))
  const text = (name: string): string => Buffer.from(zip.read(name)).toString('utf8')
  return { output, path, zip, text, names: [...zip.names] }
}

describe('the copy for the person', () => {
  it('[ZP-90] [QY-42] [MM-45] holds everything of theirs, with log and expiry, and nobody else’s data', async () => {
    const { home, record, application, folder } = await start()
    await home.call('candidate.reveal', { id: record, field: 'phone', reason: 'other', words: '核对 13700137000' })
    await home.call('note.add', { id: record, text: 'hr：主管 wang@corp.example 说可以，本人电话 13800138000' })
    await home.call('application.set_stage', { id: application, stage: 'rejected' })
    const { output, text, names, zip, path } = await make(home, record, folder, 'copy')
    expect(output).toMatchObject({ left_out: [], files: [{ written: true }] })
    const made = copyPackage.parse(JSON.parse(text('package.json')))
    expect(made.person.contacts).toMatchObject({ name: person.name, phone: person.phone })
    // One's own stays, another's goes: contacts everywhere, and the name behind the word for a referee.
    expect(made.person.resume.basics.summary).toContain(person.phone)
    const all = text('package.json')
    for (const foreign of ['13900139000', 'zhao@corp.example', '赵大海', '13700137000', 'wang@corp.example'])
      expect(all).not.toContain(foreign)
    expect(made.applications[0]?.notes[0]?.text).toContain(person.phone)
    expect(made.applications[0]?.moves).toMatchObject([{ from: 'new', to: 'rejected', by: 'colleague' }])
    expect(made.reasons).toHaveLength(1)
    expect(made.sources).toMatchObject([{ platform: 'direct' }])
    expect(made.recipients).toContainEqual({ kind: 'employer', name: '北辰科技' })
    expect(made.expiry[0]).toMatchObject({ reason: 'rejected', clause: expect.any(String) as string })
    expect(checkStatement(JSON.stringify(made.log))).toMatchObject({ problem: null })
    expect(made.log.rows.map(({ action }) => action)).toContain('reveal')
    // The list of what there is names every file with its hash.
    const manifest = JSON.parse(text('manifest.json')) as { files: Array<{ name: string; sha256: string }> }
    expect(manifest.files.map(({ name }) => name).toSorted()).toEqual(
      names.filter((name) => name !== 'manifest.json').toSorted(),
    )
    for (const { name, sha256 } of manifest.files) expect([name, hex(zip.read(name))]).toEqual([name, sha256])
    expect(names.some((name) => name.startsWith('attachments/'))).toBe(true)
    // Logged without a word of it, registered, and gone in time.
    const { items } = await home.call('ledger.list', { limit: 5 })
    expect(items.find(({ detail }) => detail === 'package copy')).toMatchObject({ clause: 'ZP-90', reason: 'request' })
    home.passDays(8)
    await home.runDue()
    expect(existsSync(path)).toBe(false)
  })

  it('[ZP-90] is made of a locked record, too, and of none that is destroyed', async () => {
    const { home, record, application, folder } = await start()
    await home.call('application.set_stage', { id: application, stage: 'hired' })
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
    const { text } = await make(home, record, folder, 'copy')
    expect((JSON.parse(text('package.json')) as CopyPackage).log.state).toBe('locked')
    home.passDays(8)
    await home.runDue()
    expect(await home.codeOf('package.make', { record_id: record })).toBe('E_NOT_FOUND')
    expect(await home.codeOf('package.find', { record_id: record })).toBe('E_NOT_FOUND')
  })

  it('[QY-42] [MM-45] for another processor holds what the person gave alone, in the published schema', async () => {
    const { home, record, folder } = await start()
    await home.call('note.add', { id: record, text: '印象不错' })
    const { text } = await make(home, record, folder, 'transfer')
    const published = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../resources/schemas/candor-transfer-1.schema.json'), 'utf8'),
    ) as object
    expect(transferSchema()).toEqual(published)
    expect(JSON.parse(text('candor-transfer-1.schema.json'))).toEqual(published)
    const ajv = new Ajv2020({ strict: false })
    addFormats(ajv)
    const valid = ajv.compile(published)
    const made = JSON.parse(text('transfer.json')) as TransferPackage
    expect(valid(made), JSON.stringify(valid.errors)).toBe(true)
    expect(valid({ ...made, format: 'other' })).toBe(false)
    expect(made.contacts).toMatchObject({ phone: person.phone })
    expect(JSON.stringify(made)).not.toContain('印象不错')
    expect(JSON.stringify(made)).not.toContain('13900139000')
  })
})

describe('at a hub', () => {
  let at: PolicyPlace | undefined
  afterEach(() => at?.close())

  it('[ZP-90] [ZP-22] gives whoever screens no more than their rules, and the protection officer the whole', async () => {
    at = await openPolicyPlace()
    const folder = realpathSync(temporaryFolder())
    at.put('d', 'delivered', {
      resume: { basics: { label: '工程师' }, meta: { cn: { city: '上海', id_number: '110101199003072535' } } },
    })
    await at.enterAs('hr')
    Object.assign(at.core.core, { askPlace: () => Promise.resolve(folder) })
    const found = await at.core.call('package.find', { record_id: at.idOf('d') as never })
    expect(found.left_out).toContain('id_number')
    const less = await make(at.core, at.idOf('d'), folder, 'copy')
    expect(less.output.left_out).toEqual(found.left_out)
    expect(less.text('package.json')).not.toContain('110101199003072535')
    await at.enterAs('officer')
    Object.assign(at.core.core, { askPlace: () => Promise.resolve(folder) })
    const whole = await make(at.core, at.idOf('d'), folder, 'copy')
    expect(whole.output.left_out).toEqual([])
    expect(whole.text('package.json')).toContain('110101199003072535')
    expect(whole.text('package.json')).toContain('13800138000')
    await at.enterAs('headhunter')
    expect(await at.core.codeOf('package.make', { record_id: at.idOf('d') })).toBe('E_ROLE')
  })
})

describe('free text without others', () => {
  const clean = withoutOthers(
    {
      resume: resume.parse({ basics: { name: '王小明', phone: '13800138000', email: 'ming@mail.example' } }),
      contact: null,
    },
    ['李主管', '王'],
    'zh-CN',
  )
  it.each([
    ['我的电话是 138-0013-8000', '我的电话是 138-0013-8000'],
    ['邮箱 Ming@mail.example', '邮箱 Ming@mail.example'],
    ['推荐人: 张三丰，电话 13900139000', '推荐人: ［他人信息］，电话 ［他人信息］'],
    ['李主管认为王小明合适', '［他人信息］认为王小明合适'],
    ['作品 https://ming.example/work', '作品 https://ming.example/work'],
  ])('%s', (text, expected) => {
    expect(clean(text, 'person')).toBe(expected)
  })
  it('takes an address in what others wrote for somebody else’s', () => {
    expect(clean('见 https://corp.example/list', 'others')).not.toContain('corp.example')
  })
})
