import type { SyncRole } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import type { HubTransaction } from '../db/schema.ts'
import { putFiling } from '../filing.ts'
import { hashPassword } from '../keys/secrets.ts'
import { putAccount } from '../accounts/put-account.ts'
import { seededRandom } from './random.ts'

export const sandboxEmployer = { id: 'emp-beichen', name: '北辰科技' } as const

export const sandboxInterviewer = 'acc-interviewer'

export type SandboxAccount = { readonly name: string; readonly password: string; readonly role: SyncRole }

type Seat = {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: SyncRole
  readonly verified: boolean
  readonly agency?: { readonly id: string; readonly name: string }
}

const seats: readonly Seat[] = [
  { id: 'acc-hr', login: 'hr@sandbox', name: '林晓', role: 'hr', verified: true },
  {
    id: 'acc-headhunter',
    login: 'headhunter@sandbox',
    name: '周衡',
    role: 'headhunter',
    verified: true,
    agency: { id: 'agency-hengda', name: '恒达猎头' },
  },
  { id: 'acc-admin', login: 'admin@sandbox', name: '顾明', role: 'admin', verified: true },
  { id: 'acc-officer', login: 'officer@sandbox', name: '沈清', role: 'officer', verified: true },
  { id: sandboxInterviewer, login: 'interviewer@sandbox', name: '许衡之', role: 'interviewer', verified: true },
  { id: 'acc-unverified', login: 'unverified@sandbox', name: '未认证账号', role: 'hr', verified: false },
]

/** Of the sandbox only, and shown to whoever starts it: the same each time, so that the sign-in page can show them. */
const passwordOf = (login: string): string => {
  const random = seededRandom(`password ${login}`)
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => random.pick([...letters])).join('')).join('-')
}

export const listSandboxAccounts = (): SandboxAccount[] =>
  seats.map((seat) => ({ name: seat.login, password: passwordOf(seat.login), role: seat.role }))

/** The institution that answers consultations, with one filed identity. */
const insertInstitution = async (hub: Hub, tx: HubTransaction): Promise<void> => {
  const now = hub.clock.now()
  const filed = { employerId: sandboxEmployer.id, accountId: 'acc-hr' }
  await putFiling(tx, filed, 'approved', now - 20 * 86_400_000)
  const until = new Date(now + 200 * 86_400_000).toISOString().slice(0, 10)
  await tx
    .insertInto('institution_certificate')
    .values({ employer_id: sandboxEmployer.id, name: '人力资源服务许可证', until })
    .execute()
}

export const insertSandboxAccounts = async (hub: Hub, tx: HubTransaction): Promise<void> => {
  await insertInstitution(hub, tx)
  for (const seat of seats) {
    const quotas = { reveal_per_day: 200, download_per_day: 50 }
    const verification = { real_name: seat.verified, employment: seat.verified, caller: seat.verified }
    await tx
      .insertInto('account')
      .values({
        employer_id: sandboxEmployer.id,
        id: seat.id,
        login: seat.login,
        name: seat.name,
        email: null,
        role: seat.role,
        status: 'active',
        quotas: JSON.stringify(quotas),
        verification: JSON.stringify(verification),
        agency: seat.agency === undefined ? null : JSON.stringify(seat.agency),
        licence_until: seat.role === 'headhunter' ? '2099-12-31' : null,
        password_hash: await hashPassword(passwordOf(seat.login)),
        feed: 1,
      })
      .execute()
    await putAccount(
      hub,
      tx,
      {
        id: seat.id,
        name: seat.name,
        role: seat.role,
        status: 'active',
        quotas,
        verification,
        ...(seat.agency === undefined ? {} : { agency: { ...seat.agency } }),
      },
      sandboxEmployer.id,
    )
  }
}
