import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweep } from '../../electron/hub/sweep.ts'
import { destroyCandidate } from '../../electron/hub/records/destroy-candidate.ts'
import { looksAnswer, me, type Change } from '../../electron/shared/domain/sync-records.ts'
import { pullAll, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** Cards, counts and logs are an administrator's; content takes a part in the job or a stated reason, for an hour (D17, LG-14). */
const hour = 3600
let hub: SandboxHub
let admin: HubClient
let hr: HubClient

type Application = { readonly candidate_id: string; readonly job_id: string }
/** Somebody with a chat and a file, whose jobs are all the recruiter's. */
let person: Application
let otherJob: string

const of = (changes: readonly Change[], type: string, id: string) =>
  changes.find((one) => one.type === type && one.id === id && one.op === 'upsert')?.data as
    Readonly<Record<string, never>> | undefined
const about = (changes: readonly Change[], type: string, id: string) =>
  changes.filter(
    (one) => one.type === type && one.op === 'upsert' && (one.data as { candidate_id?: string }).candidate_id === id,
  )

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 40, limitFactor: Infinity })
  ;[admin, hr] = await Promise.all([hub.signIn('admin'), hub.signIn('hr')])
  const { changes } = await pullAll(hr)
  const owner = new Map(
    changes
      .filter(({ type, op }) => type === 'job' && op === 'upsert')
      .map((job) => [job.id, (job.data as { owner_id: string }).owner_id]),
  )
  const applications = changes
    .filter(({ type, op }) => type === 'application' && op === 'upsert')
    .map(({ data }) => data as Application)
  const found = applications.find(
    (one) =>
      applications.filter(({ candidate_id: id }) => id === one.candidate_id).length === 1 &&
      owner.get(one.job_id) === 'acc-hr' &&
      about(changes, 'attachment', one.candidate_id).length > 0,
  )
  if (found === undefined) throw new Error('nobody of the recruiter alone has a file')
  person = found
  otherJob = [...owner].find(([id, who]) => who === 'acc-hr' && id !== found.job_id)?.[0] ?? ''
})
afterAll(() => hub.close())

const begin = (body: object, client = admin) =>
  client.call('POST', '/v1/content-looks', { json: { reason: 'audit', words: '抽查职位沟通记录', ...body } })
const looksOf = async (client: HubClient) => (await client.call('GET', '/v1/content-looks')).as(looksAnswer).looks

describe('at the hub, an administrator', () => {
  it('[ZP-95] [D17] gets cards of what is not theirs, and neither content, files nor chats', async () => {
    const { changes } = await pullAll(admin)
    const mine = (await pullAll(hr)).changes
    const card = of(changes, 'candidate', person.candidate_id)
    const { resume, ...rest } = card as unknown as { resume: { basics: object; meta: { cn: object } } }
    expect(Object.keys(resume)).toEqual(['basics', 'meta'])
    // As the platform calls them; the name itself is a contact.
    expect(resume.basics).toEqual({ name: expect.stringMatching(/某$/u) })
    expect(Object.keys(resume.meta)).toEqual(['cn'])
    for (const key of Object.keys(resume.meta.cn)) expect(['city', 'birth_month']).toContain(key)
    for (const key of ['contact', 'insights', 'badges']) expect(rest).not.toHaveProperty(key)
    for (const type of ['attachment', 'message']) expect(about(changes, type, person.candidate_id)).toEqual([])
    expect(about(changes, 'application', person.candidate_id)).toHaveLength(1)
    const file = about(mine, 'attachment', person.candidate_id)[0]?.id ?? ''
    expect((await hr.call('GET', `/v1/attachments/${file}`)).status).toBe(200)
    expect((await admin.call('GET', `/v1/attachments/${file}`)).status).toBe(404)
  })

  it('[ZP-95] reads content of the jobs that they own or work on', async () => {
    const { changes } = await pullAll(admin)
    const jobs = new Set(
      changes
        .filter(({ type }) => type === 'job')
        .flatMap((job) => ((job.data as { owner_id?: string } | undefined)?.owner_id === 'acc-admin' ? [job.id] : [])),
    )
    const own = changes.find(
      ({ type, data }) => type === 'application' && jobs.has((data as Application | undefined)?.job_id ?? ''),
    )?.data as Application | undefined
    const data = of(changes, 'candidate', own?.candidate_id ?? '') as unknown as { resume: { work: unknown[] } }
    expect(data.resume.work.length).toBeGreaterThan(0)
  })

  it('[LG-14] opens one person for an hour by a stated reason, without a contact, and then has a card again', async () => {
    const before = (await pullAll(admin)).cursor
    expect((await begin({ candidate_id: 'cand-none' })).status).toBe(404)
    expect((await begin({ candidate_id: person.candidate_id, words: 'x' })).status).toBe(400)
    expect((await begin({ candidate_id: person.candidate_id }, hr)).status).toBe(403)
    expect((await begin({ candidate_id: person.candidate_id })).status).toBe(204)
    const open = (await admin.call('GET', '/v1/me')).as(me).looks ?? []
    expect(open).toMatchObject([{ candidate_id: person.candidate_id, reason: 'audit' }])
    const came = await pullAll(admin, 1000, before)
    const full = of(came.changes, 'candidate', person.candidate_id) as unknown as { resume: { work: unknown[] } }
    expect(full.resume.work.length).toBeGreaterThan(0)
    expect(full).not.toHaveProperty('contact')
    expect(about(came.changes, 'attachment', person.candidate_id).length).toBeGreaterThan(0)
    // Nobody else comes along.
    expect(came.changes.filter(({ type }) => type === 'candidate').map(({ id }) => id)).toEqual([person.candidate_id])

    hub.clock.setOffset(hour + 1)
    await sweep(hub.hub)
    const { changes } = await pullAll(admin, 1000, came.cursor)
    const card = of(changes, 'candidate', person.candidate_id) as unknown as { resume: { work: unknown[] } }
    expect(card.resume).not.toHaveProperty('work')
    const files = about(came.changes, 'attachment', person.candidate_id).map(({ id }) => id)
    expect(changes.filter(({ op, id }) => op === 'delete' && files.includes(id))).toHaveLength(files.length)
    expect((await admin.call('GET', '/v1/me')).as(me)).not.toHaveProperty('looks')
    hub.clock.setOffset(0)
  })

  it('[LG-14] opens everybody of one job, and nobody of another', async () => {
    expect((await begin({ job_id: 'job-none' })).status).toBe(404)
    expect((await begin({ job_id: otherJob })).status).toBe(204)
    const closed = of((await pullAll(admin)).changes, 'candidate', person.candidate_id) as unknown as {
      resume: { work: unknown[] }
    }
    expect(closed.resume).not.toHaveProperty('work')
    await begin({ job_id: person.job_id, reason: 'other', words: '职位交接前核对' })
    const open = of((await pullAll(admin)).changes, 'candidate', person.candidate_id) as unknown as {
      resume: { work: unknown[] }
    }
    expect(open.resume.work.length).toBeGreaterThan(0)
  })

  it('[LG-14] is seen by whoever works on the job, and by nobody whose it is not', async () => {
    const seen = await looksOf(hr)
    expect(seen.find((look) => look.job_id === person.job_id)).toMatchObject({
      account: '顾明',
      job_id: person.job_id,
      reason: 'other',
      words: '职位交接前核对',
    })
    expect(seen.some((look) => look.candidate_id === person.candidate_id)).toBe(true)
    expect(await looksOf(await hub.signIn('headhunter'))).toEqual([])
    expect((await looksOf(await hub.signIn('officer'))).length).toBe(seen.length)
    expect((await (await hub.signIn('interviewer')).call('GET', '/v1/content-looks')).status).toBe(403)
  })

  it('keeps the words under the person’s key: they end with it', async () => {
    const rows = await hub.hub.db.selectFrom('content_look').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('抽查')
    expect(rows.every(({ sealed }) => sealed !== null && !Buffer.from(sealed).includes(Buffer.from('抽查')))).toBe(true)
    await destroyCandidate(hub.hub, 'emp-beichen', person.candidate_id)
    const gone = (await looksOf(hr)).find((look) => look.candidate_id === person.candidate_id)
    expect(gone?.reason).toBe('audit')
    expect(gone).not.toHaveProperty('words')
  })

  it('is forgotten after a year, with the key of its words', async () => {
    hub.clock.setOffset(hour + 1)
    await sweep(hub.hub)
    hub.clock.setOffset(367 * 24 * hour)
    await sweep(hub.hub)
    expect(await looksOf(admin)).toEqual([])
    const keys = await hub.hub.db.selectFrom('record_key').select('candidate_id').execute()
    expect(keys.filter(({ candidate_id: name }) => name.startsWith('look|'))).toEqual([])
    hub.clock.setOffset(0)
  })
})
