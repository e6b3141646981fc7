import { beforeEach, describe, expect, it } from 'vitest'
import { enterHubAccount, monday, retentionHome, syncPage, type RetentionHome } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

/** Whoever asked not to be contacted stays known as that, though everything else of them is destroyed (MM-17). */
let home: RetentionHome
beforeEach(async () => {
  home = await retentionHome()
})

const person = { name: '林若曦', phone: '13800138000' }
const account = () => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account
}
const listed = (): unknown[] | undefined =>
  home.core.vault?.ledgerDb.reader.all<{ hash: string; source: string }>('SELECT hash, source FROM no_contact')
const wishesOf = async (id: string): Promise<readonly string[]> =>
  (await home.call('candidate.get', { id: id as never })).wishes
const destroyEverything = async (): Promise<void> => {
  const { items } = await home.call('retention.plan', {})
  await home.call('retention.destroy_now', { application_ids: items.flatMap((row) => row.application_id ?? []) })
  expect(await home.runDue()).toBe(items.length)
}

describe('a person who asked not to be contacted', () => {
  it('[MM-17] comes in again with that wish after the record was destroyed, by any contact, and nobody else does', async () => {
    const { record } = await home.intake(await home.newJob(), person)
    expect(await wishesOf(record)).not.toContain('do_not_contact')
    await home.call('contact.set_do_not_contact', { id: record, on: true, reference: '2026-03-01 电话' })
    expect(await wishesOf(record)).toContain('do_not_contact')
    await destroyEverything()
    expect(home.count('candidate')).toBe(0)
    // Hashes are all that is left, and they do not hold the number.
    expect(JSON.stringify(listed())).not.toMatch(/13800138000|local-/)
    const again = await home.intake(await home.newJob('另一个职位'), { ...person, phone: '+86 138-0013-8000' })
    expect(await wishesOf(again.record)).toContain('do_not_contact')
    expect(
      await home.core.account?.store.reader.get('SELECT flags FROM candidate WHERE record_id = ?', again.record),
    ).toEqual({ flags: '{"no_contact_here":true}' })
    const other = await home.intake(await home.newJob('第三个职位'), { name: '林若曦', phone: '13900139000' })
    expect(await wishesOf(other.record)).not.toContain('do_not_contact')
  })

  it('[MM-17] takes the wish back by a word of their own, and then it is gone for good', async () => {
    const { record } = await home.intake(await home.newJob(), person)
    await home.call('contact.set_do_not_contact', { id: record, on: true })
    expect(await home.codeOf('contact.set_do_not_contact', { id: record, on: false })).toBe('E_INPUT')
    await home.call('contact.set_do_not_contact', { id: record, on: false, reference: '2026-03-02 来信' })
    expect(await wishesOf(record)).not.toContain('do_not_contact')
    expect(listed()).toEqual([])
    await destroyEverything()
    const again = await home.intake(await home.newJob('另一个职位'), person)
    expect(await wishesOf(again.record)).not.toContain('do_not_contact')
  })

  it('[MM-17] is kept from templates, greetings, calls and models, and from what was on its way', async () => {
    await enterHubAccount(home)
    await syncPage(home, [
      jobChange('job-1'),
      candidateChange('c1', 2, { contact: contactOf('a1'), virtual_number: true }),
      applicationChange('a1', 'c1', 3, { stage: 'interview' }),
    ])
    const id = account().store.reader.get<{ record_id: string }>('SELECT record_id FROM candidate')?.record_id ?? ''
    await home.call('message.greet', { application_id: 'a1' as never, text: '您好' })
    expect(home.count('outbox', `kind = 'greeting'`)).toBe(1)
    await home.call('contact.set_do_not_contact', { id: id as never, on: true })
    expect(home.count('outbox', `kind = 'greeting'`)).toBe(0)
    for (const route of ['message.send', 'message.greet', 'message.invite'])
      expect(await home.codeOf(route, { application_id: 'a1', text: '您好' })).toBe('E_CONSENT')
    const thread = await home.call('message.thread', { application_id: 'a1' as never })
    expect(thread.messages).toMatchObject([{ state: 'refused', recallable: false }])
    expect([thread.human?.rule, thread.ai?.rule]).toEqual(['DO_NOT_CONTACT', 'DO_NOT_CONTACT'])
    const phone = (await home.call('candidate.get', { id: id as never })).why.find(({ field }) => field === 'phone')
    expect(phone).toMatchObject({ state: 'masked', rule: 'DO_NOT_CONTACT' })
    // What the platform sends anew does not take it back.
    await syncPage(home, [candidateChange('c1', 9, { contact: contactOf('a1'), do_not_contact: false })])
    expect(await wishesOf(id)).toContain('do_not_contact')
  })

  it('[MM-17] who said so on the platform is known by it here as well, until the platform takes it back', async () => {
    await enterHubAccount(home)
    const come = (evidence: string, rev: number, more: Record<string, unknown> = {}) => [
      jobChange('job-1'),
      candidateChange('c1', rev, { contact: contactOf(evidence), ...more }),
      applicationChange(evidence, 'c1', rev, { evidence_at: iso(home.core.clock.now()) }),
    ]
    await syncPage(home, come('a1', 2, { do_not_contact: true }))
    const [row] = account().store.reader.all<{ record_id: string }>('SELECT record_id FROM candidate')
    expect(await wishesOf(row?.record_id ?? '')).toContain('do_not_contact')
    const off = { id: row?.record_id, on: false, reference: '2026-03-02 来信' }
    expect(await home.codeOf('contact.set_do_not_contact', off)).toBe('E_CONFLICT')
    await destroyEverything()
    expect(home.core.clock.now()).toBeGreaterThanOrEqual(monday)
    home.passDays(1)
    // The same person, handed in as a file: the platform's word holds for them, too.
    await home.call('account.resume', { id: 'local' })
    const { record } = await home.intake(await home.newJob(), person)
    expect(await wishesOf(record)).toContain('do_not_contact')
    await enterHubAccount(home)
    await syncPage(home, come('a2', 20, { do_not_contact: false }))
    const again = account().store.reader.get<{ record_id: string }>('SELECT record_id FROM candidate')?.record_id ?? ''
    expect(await wishesOf(again)).not.toContain('do_not_contact')
    expect(listed()?.filter((one) => (one as { source: string }).source === 'hub')).toEqual([])
  })
})
