import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { candidateLink, type SyncRole } from '../../electron/shared/domain/sync-records.ts'
import { pullAll, pushItem, type HubClient } from './hub-client.ts'
import { logDevice } from './log-device.ts'
import type { SandboxHub } from './sandbox-hub.ts'

export const roles = ['hr', 'headhunter', 'interviewer', 'admin', 'officer'] as const satisfies readonly SyncRole[]
/** The employer of the sandbox, whose rows must stay as they are. */
export const theirs = 'emp-beichen'
const ours = 'emp-strangers'

export type Strangers = {
  readonly clients: Readonly<Record<SyncRole, HubClient & { readonly token: string }>>
  /** Token of a link that opens for one person of theirs. */
  readonly link: string
}

/** A second employer in the same database, with an account of each role and one person of its own. */
export const addStrangers = async (hub: SandboxHub): Promise<Strangers> => {
  const { db } = hub.hub
  await db
    .insertInto('employer')
    .values({ employer_id: ours, name: '他司', rev: 0, epoch: 'e1', officer_named: true })
    .execute()
  const { password_hash: hash } = await db
    .selectFrom('account')
    .select('password_hash')
    .where('employer_id', '=', theirs)
    .where('id', '=', 'acc-hr')
    .executeTakeFirstOrThrow()
  for (const role of roles) {
    await db
      .insertInto('account')
      .values({
        employer_id: ours,
        id: `stranger-${role}`,
        login: `${role}@strangers`,
        name: role,
        email: null,
        role,
        status: 'active',
        quotas: '{}',
        verification: JSON.stringify({ real_name: true, employment: true, caller: true }),
        agency: role === 'headhunter' ? JSON.stringify({ id: 'agency-strangers', name: '他所' }) : null,
        licence_until: '2099-12-31',
        password_hash: hash,
        feed: 1,
      })
      .execute()
  }
  const password = hub.passwordOf('hr')
  const [hr, headhunter, interviewer, admin, officer] = await Promise.all(
    roles.map((role) => hub.client.signIn(`${role}@strangers`, password)),
  )
  if (!hr || !headhunter || !interviewer || !admin || !officer) throw new Error('somebody is missing')
  await pushItem(hr, 'subject', { candidate_id: 'own-stranger', platform: 'direct' })
  const made = await hr.call('POST', '/v1/candidate-links', { json: { candidate_id: 'own-stranger' } })
  const link = new URL(made.as(candidateLink).link).pathname.slice('/c/'.length)
  return { clients: { hr, headhunter, interviewer, admin, officer }, link }
}

/** Ids of theirs for each name that a field or a path may have, so that calls of strangers point at something. */
export const idsOfTheirs = async (hub: SandboxHub): Promise<Readonly<Record<string, string>>> => {
  const hr = await hub.signIn('hr')
  const device = logDevice('dev-theirs', { account: 'acc-hr', role: 'hr' })
  await hr.call('PUT', '/v1/devices/dev-theirs', {
    json: { name: 'n', os: 'o', app_version: '1', log_key: device.logKey },
  })
  device.append({ action: 'view', subject: { platform: 'zhaopin', candidate: 'h' } })
  await pushItem(hr, 'log', device.push(0, { h: 'cand-000005' }))
  const { changes } = await pullAll(hr)
  const idOf = (type: string): string =>
    changes.find((one) => one.type === type && one.op === 'upsert')?.id ?? `no-${type}`
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString()
  const ask = async (kind: string): Promise<string> => {
    const json = {
      kind,
      candidate_id: 'cand-000005',
      job_id: 'job-01',
      reason: 'r',
      ...(kind === 'hold' ? { until } : {}),
    }
    return (JSON.parse((await hr.call('POST', '/v1/approvals', { json })).text) as { id: string }).id
  }
  const hold = await ask('hold')
  await (await hub.signIn('officer')).call('POST', `/v1/approvals/${hold}/decision`, { json: { status: 'granted' } })
  const approval = await ask('export')
  const link = JSON.parse(
    (await hr.call('POST', '/v1/candidate-links', { json: { candidate_id: 'cand-000005' } })).text,
  ) as { id: string }
  return {
    candidate_id: 'cand-000005',
    candidate: 'cand-000005',
    job_id: 'job-01',
    application_id: idOf('application'),
    account_id: 'acc-headhunter',
    account: 'acc-headhunter',
    device_id: 'dev-theirs',
    device: 'dev-theirs',
    note_id: idOf('note'),
    request_id: idOf('request'),
    id: approval,
    'decideApproval.id': approval,
    'withdrawApproval.id': approval,
    'releaseHold.id': hold,
    'updateAccount.id': 'acc-headhunter',
    'revokeCandidateLink.id': link.id,
    'getAttachment.id': idOf('attachment'),
    'sandboxPutAttachment.id': idOf('attachment'),
    'sandboxDeleteCandidate.id': 'cand-000005',
    // Its own namespace: an id that another employer's device has is another device.
    'putDevice.device_id': `dev-${randomUUID()}`,
  }
}

/** A hash of all rows of an employer, by table. */
export const digestOf = async (hub: SandboxHub, employerId: string): Promise<Readonly<Record<string, string>>> => {
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'employer_id' order by 1`.execute(hub.hub.db)
  const parts = tables.map(
    ({ name }) => sql`select ${sql.lit(name)} as name,
      md5(coalesce(string_agg(r::text, '|' order by r::text), '')) as hash from ${sql.table(name)} r
      where r.employer_id = ${employerId}`,
  )
  const { rows } = await sql<{ name: string; hash: string }>`${sql.join(parts, sql` union all `)}`.execute(hub.hub.db)
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
}
