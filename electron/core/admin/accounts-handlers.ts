import type { InvitationView, Person } from '../../shared/domain/admin-people.ts'
import type { AccountListRow, InvitationRow } from '../../shared/domain/sync-records.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import type { HubClient } from '../sync/hub-client.ts'
import { askHub, requireHub } from './ask-hub.ts'
import { askDocumentPlace, writeDocument } from '../retention/files/save-document.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { invitationLetter, keepInvitation, keptInvitation } from './invitation-letter.ts'

const at = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time))
const timeOf = (ms: number): string => new Date(ms).toISOString()

/** Leaves out what is not there. */
const some = <T extends object>(values: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never

const jobTitles = ({ store }: Pick<ReaderCall, 'store'>): ReadonlyMap<string, string> =>
  new Map(
    store
      .all<{ id: string; title: string }>('SELECT id, title FROM job ORDER BY title')
      .map(({ id, title }) => [id, title]),
  )

type Seen = {
  readonly own: string
  readonly officer: string | undefined
  readonly titles: ReadonlyMap<string, string>
}

const personOf = (row: AccountListRow, { own, officer, titles }: Seen): Person => {
  const { id, name, login, title, role, status, agency, verification, licence_until, quotas } = row
  const jobs = row.jobs?.map(({ job_id, until }) => ({
    job_id,
    title: titles.get(job_id) ?? job_id,
    ...some({ until: at(until) }),
  }))
  const { own_jobs, sessions, devices, holds } = row
  const owned = row.owned?.map((job) => ({ id: job, title: titles.get(job) ?? job }))
  return {
    id,
    name,
    role,
    status,
    quotas: some(quotas),
    own: id === own,
    officer: id === officer,
    checks: {
      real_name: verification?.real_name ?? false,
      employment: verification?.employment ?? false,
      consented: verification?.consent_at !== undefined,
      ...some({
        real_name_method: verification?.real_name_method,
        employment_method: verification?.employment_method,
        employment_status: verification?.employment_status,
        verified_at: at(verification?.verified_at),
        next_check: at(verification?.next_check),
      }),
    },
    ...some({
      login,
      title,
      licence_until,
      jobs,
      own_jobs,
      owned,
      sessions,
      devices,
      holds,
      agency: agency?.name,
      seen_at: at(row.seen_at),
    }),
  }
}

const invitationOf = (row: InvitationRow, nameOf: (id: string) => string): InvitationView => ({
  id: row.id,
  role: row.role,
  status: row.status,
  expires_at: Date.parse(row.expires_at),
  ...some({
    email: row.email,
    agency: row.agency?.name,
    jobs: row.jobs?.length,
    by: row.by === undefined ? undefined : nameOf(row.by),
    created_at: at(row.created_at),
  }),
})

/** What is written once the hub has done it; the account's id, never its name. */
export const changed =
  <T>(output: T, detail: string) =>
  (call: WriterCall) => ({
    output,
    entries: [{ action: 'policy_change', outcome: 'done', detail }] as const,
    after: () => call.core.emit('data.changed', { what: ['people'] }),
  })

const rightsOf = (jobs: readonly { readonly job_id: string; readonly until?: number | undefined }[]) =>
  jobs.map(({ job_id, until }) => ({ job_id, ...(until === undefined ? {} : { until: timeOf(until) }) }))

/** Without a hub there is nobody else. */
const none: Awaited<ReturnType<HubClient['listAccounts']>> = { accounts: [] }

export const adminAccountHandlers = defineHandlers({
  'admin.people': {
    read: async (call) => {
      const { reach, answer } = await askHub(call, (hub) => hub.listAccounts(), none)
      const titles = jobTitles(call)
      const seen = { own: authorOf(call.account).id, officer: answer.officer, titles }
      return {
        reach,
        items: answer.accounts.map((row) => personOf(row, seen)),
        jobs: [...titles].map(([id, title]) => ({ id, title })),
        ...some({ second_factor: answer.secondFactor }),
        now: call.now,
      }
    },
  },
  'admin.change_person': {
    prepare: async (call, { id, real_name: realName, employment, jobs, ...plain }) => {
      const verification = {
        ...(realName === undefined
          ? {}
          : {
              real_name:
                realName === null
                  ? null
                  : { method: realName.method, ...(realName.written_consent ? { consent: 'written' } : {}) },
            }),
        ...(employment === undefined
          ? {}
          : {
              employment:
                employment === null
                  ? null
                  : {
                      method: employment.method,
                      ...some({ next_check: employment.next_check && timeOf(employment.next_check) }),
                    },
            }),
      }
      const body = {
        ...plain,
        ...(jobs === undefined ? {} : { jobs: jobs === null ? null : rightsOf(jobs) }),
        ...(Object.keys(verification).length === 0 ? {} : { verification }),
      }
      await requireHub(call).updateAccount(id, body)
      return changed(
        {},
        `account ${id} ${Object.keys(body).sort().join(' ')}${plain.status === undefined ? '' : ` ${plain.status}`}`,
      )
    },
  },
  'admin.hand_over': {
    prepare: async (call, { from, to, job_ids }) => {
      const jobs = await requireHub(call).handOverJobs(from, { to, ...some({ job_ids }) })
      return changed({ jobs }, `account ${from} handed ${jobs} jobs to ${to}`)
    },
  },
  'admin.name_officer': {
    prepare: async (call, { id }) => {
      await requireHub(call).nameOfficer(id)
      return changed({}, `officer ${id}`)
    },
  },
  'admin.set_second_factor': {
    prepare: async (call, { setting }) => {
      await requireHub(call).putSecondFactor(setting)
      return changed({}, `second factor ${setting}`)
    },
  },
  'admin.password_link': {
    prepare: async (call, { id }) => {
      const { link, expires_at: expires } = await requireHub(call).createPasswordLink(id)
      return changed({ link, expires_at: Date.parse(expires) }, `account ${id} password_link`)
    },
  },
  'admin.invitations': {
    read: async (call) => {
      const { reach, answer } = await askHub(call, (hub) => hub.listInvitations(), [])
      const nameOf = namesOf(call)
      return { reach, items: answer.map((row) => invitationOf(row, nameOf)), now: call.now }
    },
  },
  'admin.invite': {
    prepare: async (call, { agency, jobs, email, consent, role }) => {
      const { link, expires_at: expires } = await requireHub(call).invite({
        role,
        ...(email === undefined ? {} : { email, consent }),
        ...(jobs === undefined ? {} : { jobs: rightsOf(jobs) }),
        // A firm has no number of its own until it is one of this enterprise's.
        ...(agency === undefined ? {} : { agency: { id: `agency-${agency}`, name: agency } }),
      })
      keepInvitation(call.core, { link, role, until: Date.parse(expires) })
      return changed({ link, expires_at: Date.parse(expires) }, `invitation ${role}`)
    },
  },
  'admin.save_invitation': {
    prepare: async (call, { as, language }) => {
      const invitation = keptInvitation(call.core)
      if (invitation === undefined) throw new IpcError('E_NOT_FOUND', 'no invitation was made since the program began')
      const path = await askDocumentPlace(call.core, `invitation.${as}`)
      const letter = invitationLetter(invitation, call.account.actor.employer, as, language)
      const detail = `invitation letter ${invitation.role}`
      return () => writeDocument(path, Buffer.from(letter), [{ action: 'export', outcome: 'done', detail }])
    },
  },
  'admin.revoke_invitation': {
    prepare: async (call, { id }) => {
      await requireHub(call).revokeInvitation(id)
      return changed({}, 'invitation revoked')
    },
  },
})
