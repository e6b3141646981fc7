import { beforeEach, describe, expect, it } from 'vitest'
import type { ApplicationId, JobId, RecordId } from '../../electron/shared/domain/ids.ts'
import { stepsWithCheck } from '../../electron/shared/domain/job-steps.ts'
import { IpcError } from '../../electron/shared/ipc/ipc-error.ts'
import { decryptedPages, rawFiles } from '../helpers/forensic-scan.ts'
import { day, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

/** Background checks through the router of a real core: the lock of their step, and a report with an end of its own. */
let home: RetentionHome
let job: JobId
let person: { readonly record: RecordId; readonly application: ApplicationId }

const check = { stage: 'interview', step: 'background' } as const
const words = '履历核实无误，前雇主评价良好'

const place = () =>
  home.core.account?.store.reader.get<{ stage: string; step: string | null }>(
    'SELECT stage, step FROM application WHERE id = ?',
    person.application,
  )
const askFor = async () =>
  (
    await home.call('background.ask', {
      application_id: person.application,
      provider: '诚信背调',
      scope: ['employment'],
    })
  ).id
const answer = (id: string, given: 'consented' | 'refused' | 'withdrawn') =>
  home.call('background.record_answer', { id, answer: given, reference: '2026-03-02 授权书' })
const consented = async () => {
  const id = await askFor()
  await answer(id, 'consented')
  return id
}
const reported = async () => {
  const id = await consented()
  await home.call('background.report', { id, text: words })
  return id
}
const moveIn = () => home.call('application.move', { ids: [person.application], ...check })
const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof IpcError ? [error.code, error.data.rule, error.data.clause, error.data.lift] : error
}
const locked = ['E_CONSENT', 'BACKGROUND_STEP', 'ZP-57', 'BACKGROUND_ASK']
const denials = async () =>
  (await home.call('ledger.list', { limit: 50 })).items.filter((row) => row.outcome === 'denied')
const score = async () => (await home.call('candidate.list', { job_id: job })).items[0]?.score
const stateOf = async () =>
  (await home.call('background.list', { id: person.record, job_id: job })).items.map(({ state }) => state)

beforeEach(async () => {
  home = await retentionHome()
  job = await home.newJob()
  person = await home.intake(job, { name: '赵一', phone: '13800138001', summary: '熟悉 Java' })
  await home.call('job.set_steps', { id: job, steps: [...stepsWithCheck('背景调查')] })
})

describe('the step of a background check', () => {
  it('[ZP-57] is locked until the person agrees, says which rule, and writes the refusal down', async () => {
    const set = () => home.call('application.set_stage', { id: person.application, ...check })
    expect(await refusalOf(set())).toEqual(locked)
    const id = await askFor()
    expect(await refusalOf(set())).toEqual(locked)
    expect(place()).toEqual({ stage: 'new', step: null })
    expect((await denials()).map(({ action, clause }) => [action, clause])).toEqual([
      ['stage', 'ZP-57'],
      ['stage', 'ZP-57'],
    ])
    await answer(id, 'consented')
    await set()
    expect(place()).toEqual(check)
  })

  it('[WZ-42] [ZP-57] many at once: whoever agreed moves, the others are named with the reason', async () => {
    const other = await home.intake(job, { name: '钱二', phone: '13800138002' })
    await consented()
    const { moved, skipped } = await home.call('application.move', {
      ids: [person.application, other.application],
      ...check,
    })
    expect(moved).toBe(1)
    expect(skipped).toEqual([
      { id: other.application, code: 'E_CONSENT', rule: 'BACKGROUND_STEP', clause: 'ZP-57', lift: 'BACKGROUND_ASK' },
    ])
    expect(await denials()).toHaveLength(1)
  })

  it('[ZP-57] a refusal is recorded and moves neither the score nor the person', async () => {
    await home.call('job.update', { id: job, requirements: { skills_must: ['Java', 'Rust'] } })
    await home.core.account?.indexer.settle()
    const before = [await score(), place()]
    expect(before[0]).toBeTypeOf('number')
    await answer(await askFor(), 'refused')
    await home.core.account?.indexer.settle()
    expect([await score(), place()]).toEqual(before)
    expect(home.count('stage_move')).toBe(0)
    expect(await stateOf()).toEqual(['refused'])
    expect((await moveIn()).moved).toBe(0)
  })

  it('[ZP-57] a withdrawal moves nobody out, and no undo leads back in', async () => {
    const id = await consented()
    await moveIn()
    const { batch } = await home.call('application.move', { ids: [person.application], stage: 'offer' })
    await answer(id, 'withdrawn')
    expect(place()).toEqual({ stage: 'offer', step: null })
    expect(await home.call('application.undo_move', { batch })).toEqual({ restored: 0, kept: 1 })
    expect(place()).toEqual({ stage: 'offer', step: null })
  })

  it('[ZP-57] a step that becomes a check keeps only who agreed, and none is the first of its stage', async () => {
    const steps = stepsWithCheck('背景调查')
    const open = steps.map(({ check: _check, ...step }) => step)
    await home.call('job.set_steps', { id: job, steps: open })
    await moveIn()
    expect(await home.codeOf('job.set_steps', { id: job, steps })).toBe('E_CONFLICT')
    expect((await home.call('job.set_steps', { id: job, steps: [...steps], move: true })).moved).toBe(1)
    expect(place()).toEqual({ stage: 'interview', step: null })
    const first = steps.map((step) => (step.id === 'interview' ? { ...step, check: true } : step))
    expect(await home.codeOf('job.set_steps', { id: job, steps: first })).toBe('E_INPUT')
  })
})

describe('asking for a background check', () => {
  it.each(['rejected', 'withdrawn'] as const)(
    '[ZP-57] is refused once the application is %s, and open again when that is taken back',
    async (stage) => {
      const { batch } = await home.call('application.move', { ids: [person.application], stage })
      const ask = { application_id: person.application, provider: '诚信背调', scope: ['employment' as const] }
      expect(await home.codeOf('background.ask', ask)).toBe('E_CONFLICT')
      expect(await stateOf()).toEqual([])
      await home.call('application.undo_move', { batch })
      await askFor()
      expect(await stateOf()).toEqual(['asked'])
    },
  )

  it('[ZP-57] is refused after a hire, which locks the record', async () => {
    await home.call('application.set_stage', { id: person.application, stage: 'hired', decision: 'hired' })
    const ask = { application_id: person.application, provider: '诚信背调', scope: ['employment' as const] }
    expect(await home.codeOf('background.ask', ask)).toBe('E_LOCKED')
    expect(home.count('background_check')).toBe(0)
  })
})

describe('the report of a background check', () => {
  it('[ZP-57] needs a consent, lies sealed, and is opened only with an entry in the log', async () => {
    const asked = await askFor()
    expect(await home.codeOf('background.report', { id: asked, text: words })).toBe('E_CONSENT')
    await answer(asked, 'consented')
    await home.call('background.report', { id: asked, text: words })
    const { vault, account } = home.core
    if (vault === null || account === null) throw new Error('nobody is signed in')
    const places = [...rawFiles(home.home), ...decryptedPages(home.home, vault.keys, account.view.id)]
    const sealed = Buffer.from('前雇主评价良好')
    expect(places.filter(({ bytes }) => bytes.includes(sealed)).map(({ where }) => where)).toEqual([])
    // The search does find what is not sealed: who made the check stands beside it in the encrypted store.
    expect(places.some(({ bytes }) => bytes.includes(Buffer.from('诚信背调')))).toBe(true)
    const list = await home.call('background.list', { id: person.record, job_id: job })
    expect(JSON.stringify(list)).not.toContain('评价')
    const opened = await home.call('background.open', { id: asked, reason: 'screening' })
    expect(JSON.stringify(opened.text)).toContain('评价良好')
    const entries = (await home.call('ledger.list', { limit: 20 })).items.filter(({ action }) => action === 'open_file')
    expect(entries).toMatchObject([{ outcome: 'shown', clause: 'ZP-57', detail: 'background_report' }])
  })

  it('[ZP-57] is destroyed at its own end while the application lives on', async () => {
    const id = await reported()
    expect(home.count('background_check', 'sealed IS NOT NULL')).toBe(1)
    home.passDays(31)
    expect(await home.codeOf('background.open', { id, reason: 'screening' })).toBe('E_CONSENT')
    await home.runDue()
    expect(home.count('background_check', 'sealed IS NOT NULL')).toBe(0)
    expect(home.count('application')).toBe(1)
    expect(await stateOf()).toEqual(['destroyed'])
    expect((await moveIn()).skipped[0]?.rule).toBe('BACKGROUND_STEP')
  })

  it('[ZP-57] closes at once with the consent, and goes with the next look at what is due', async () => {
    const id = await reported()
    await answer(id, 'withdrawn')
    expect(await home.codeOf('background.open', { id, reason: 'screening' })).toBe('E_CONSENT')
    await home.runDue()
    expect(home.count('background_check', 'sealed IS NOT NULL')).toBe(0)
    expect(await stateOf()).toEqual(['withdrawn'])
  })

  it('[ZP-57] ends no later than its application and never more than thirty days on', async () => {
    const id = await consented()
    const later = home.core.clock.now() + 300 * day
    const { destroy_at: end } = await home.call('background.report', { id, text: words, destroy_at: later })
    expect(end).toBe(home.core.clock.now() + 30 * day)
  })
})
