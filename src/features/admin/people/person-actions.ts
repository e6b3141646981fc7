import type { Input } from '@shared/ipc/routes/index.ts'
import type { Person } from '@shared/domain/admin-people.ts'

/** What an administrator may do with one person, in the order of how often it is needed. */
export const personActions = [
  'verify',
  'role',
  'jobs',
  'hand_over',
  'quotas',
  'licence',
  'officer',
  'password',
  'factors',
  'suspend',
  'reinstate',
  'withdraw',
  'revoke',
] as const
export type PersonAction = (typeof personActions)[number]

/** Those that end somebody's work and cannot be taken back by the next press: the name is typed first. */
export const finalActions: ReadonlySet<PersonAction> = new Set(['revoke', 'withdraw'])

const fits = (one: Person): Readonly<Record<PersonAction, boolean>> => {
  const alive = one.status !== 'revoked'
  const other = alive && !one.own
  return {
    verify: other,
    role: other,
    jobs: alive && (one.role === 'hr' || one.role === 'headhunter'),
    hand_over: (one.own_jobs ?? 0) > 0 || (one.jobs?.length ?? 0) > 0,
    quotas: alive,
    licence: alive && one.role === 'headhunter',
    officer: one.role === 'officer' && one.status === 'active' && !one.officer,
    password: other,
    factors: other,
    suspend: other && one.status === 'active',
    reinstate: other && one.status === 'suspended',
    withdraw: other && one.checks.employment,
    revoke: other,
  }
}

export const actionsFor = (one: Person): readonly PersonAction[] => {
  const can = fits(one)
  return personActions.filter((action) => can[action])
}

/** What was filled in, as the contract takes it. */
export type PersonChange = Omit<Input<'admin.change_person'>, 'id'>
