import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenAccount } from '../../electron/core/context.ts'
import type { ApplicationId, JobId, RecordId } from '../../electron/shared/domain/ids.ts'
import type { LedgerRow } from '../../electron/shared/domain/views.ts'
import { IpcError } from '../../electron/shared/ipc/ipc-error.ts'
import type { Output } from '../../electron/shared/ipc/routes/index.ts'
import { makePeople, tellingText, type SeededPerson } from '../fixtures/many-people.ts'
import { newLocalHome, parsedFile, parserOf, type CoreHome } from './core-home.ts'
import { startModelEndpoint, type ModelEndpoint } from './model-endpoint.ts'

export const secret = 'sk-test-4f9a-endpoint-key'
export const model = 'qwen-enterprise/7b'

type Taken = { readonly id: RecordId; readonly application: ApplicationId }
type Kind = 'summary' | 'evaluation' | 'questions' | 'greeting'

/** A local workspace beside a loopback endpoint, with one person who tells everything. */
export type ModelHome = {
  readonly core: CoreHome
  readonly endpoint: ModelEndpoint
  readonly job: JobId
  readonly person: SeededPerson
  readonly one: Taken
  account(): OpenAccount
  takeIn(person: SeededPerson, text: string): Promise<Taken>
  /** Names the endpoint and moves both switches on. */
  setUp(): Promise<void>
  ask(id: RecordId, kind?: Kind, more?: { readonly replaces?: string }): Promise<Output<'ai.run'>>
  /** The log, newest first, without the entries that reading it adds. */
  entries(): Promise<LedgerRow[]>
  /** Everything in the store, but what a model wrote and what waits for the log. */
  state(): Promise<string>
  countOutputs(): number
  refuseAi(id: RecordId, refused: boolean): void
  close(): Promise<void>
}

/** Why a call failed: the reason that the model gave, else the code; `none` when it did not. */
export const failureOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    if (!(error instanceof IpcError)) throw error
    return error.code === 'E_MODEL' ? String(error.data.reason) : error.code
  }
}

const parser = parserOf((_name, bytes) => {
  const { person, text } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { person: SeededPerson; text: string }
  return parsedFile(
    { name: person.name, phone: person.phone, email: person.email, summary: text },
    { birth_month: person.birth.slice(0, 7), birth_date: person.birth, sex: 'female', wechat: person.wechat, years: 6 },
    {
      work: [{ name: person.company, position: '后端工程师', startDate: '2018-07', endDate: '2022-03', summary: text }],
      education: [{ institution: person.school, studyType: '本科', area: '计算机' }],
      skills: [{ name: 'Java' }],
    },
  )
})

export const openModelHome = async (): Promise<ModelHome> => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-ai-'))
  const endpoint = await startModelEndpoint()
  const core = await newLocalHome(folder, { parser })
  const description = '要求三年 Java。联系人：周婷 13700137000'
  const job = (await core.call('job.create', { title: '后端工程师', description })).id
  const [person] = makePeople(1)
  if (person === undefined) throw new Error('nobody')
  const account = (): OpenAccount => {
    if (core.core.account === null) throw new Error('nobody is signed in')
    return core.core.account
  }
  const takeIn = async (somebody: SeededPerson, text: string): Promise<Taken> => {
    const output = await core.call('intake.add', {
      name: 'a.txt',
      content_base64: Buffer.from(JSON.stringify({ person: somebody, text })).toString('base64'),
      job_id: job,
    })
    if (output.result !== 'imported') throw new Error(output.result)
    return { id: output.record_id, application: output.application_id }
  }
  let runs = 0
  return {
    core,
    endpoint,
    job,
    person,
    one: await takeIn(person, tellingText(person, 0)),
    account,
    takeIn,
    setUp: async () => {
      await core.call('ai.set_endpoint', { address: endpoint.address, model, key: secret })
      await core.call('ai.set_enterprise', { on: true })
      await core.call('ai.set_user', { on: true })
    },
    ask: (id, kind = 'summary', more = {}) => core.call('ai.run', { kind, id, run: `run-${(runs += 1)}`, ...more }),
    entries: async () =>
      (await core.call('ledger.list', { limit: 200 })).items.filter(({ action }) => action !== 'log_read'),
    state: async () => {
      await account().indexer.settle()
      const { reader } = account().store
      return reader
        .all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .filter(({ name }) => name !== 'ai_output' && name !== 'pending_entry')
        .map(({ name }) => {
          const rows = reader.all(`SELECT * FROM "${name}"`).map((row) => JSON.stringify(row))
          return `${name} ${createHash('sha256').update(rows.sort().join('\n')).digest('hex')}`
        })
        .join('\n')
    },
    countOutputs: () => account().store.reader.get<{ n: number }>('SELECT count(*) AS n FROM ai_output')?.n ?? -1,
    refuseAi: (id, refused) => {
      const flags = JSON.stringify(refused ? { ai_refused: true } : {})
      account().store.db.run('UPDATE candidate SET flags = ? WHERE record_id = ?', flags, id)
    },
    close: async () => {
      await core.stop('quit')
      await endpoint.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
