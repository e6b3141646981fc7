import type { SecondPerson } from '../../shared/domain/hold-views.ts'
import type { PolicyLift } from '../../shared/domain/policy-codes.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import type { ApprovalRow } from './approval-rows.ts'

const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase()

/** What people write where they name themselves. */
const oneself: ReadonlySet<string> = new Set(['本人', '我', '我自己', '自己', 'myself', 'me', 'self', '-', 'local'])

type Place = Pick<ReaderCall, 'account' | 'vault'>

/** Who can approve what this account asks for. In a workspace without a hub the officer that it named, if that is somebody else. */
export const secondPersonOf = ({ account, vault }: Place): SecondPerson => {
  if (account.hub !== null) return { kind: 'hub' }
  const { officer = '', name = '' } = vault.accounts.get(account.view.id) ?? {}
  const same = officer.trim() === '' || folded(officer) === folded(name) || oneself.has(folded(officer))
  return same ? { kind: 'none' } : { kind: 'officer', name: officer.trim() }
}

const refuse = (lift: PolicyLift): Refusal =>
  new Refusal('E_APPROVAL', 'somebody other than who asks has to approve this', {
    rule: 'HOLD_APPROVER',
    clause: 'QY-36',
    lift,
  })

/** @throws Refusal where nobody but who asks could ever approve */
export const requireSecondPerson = (call: Place): SecondPerson => {
  const second = secondPersonOf(call)
  if (second.kind === 'none') throw refuse('NAME_OFFICER')
  return second
}

/**
 * Who decides about a request, by the name that is written down: at a hub an administrator or officer who did not ask; without
 * one the officer, who confirms at this workstation under the name that was given when the workspace was made.
 * @throws Refusal
 */
export const requireDecider = (
  call: Place,
  row: Pick<ApprovalRow, 'asked_by'>,
  officer: string | undefined,
): string => {
  const second = requireSecondPerson(call)
  if (second.kind === 'officer') {
    if (officer === undefined || folded(officer) !== folded(second.name)) throw refuse('SECOND_PERSON')
    return second.name
  }
  const { id } = authorOf(call.account)
  const may = call.account.role === 'admin' || call.account.role === 'officer'
  if (!may || row.asked_by === id) throw refuse('SECOND_PERSON')
  return id
}

/** Whether `requireDecider` would let this account decide. */
export const mayDecide = (call: Place, row: Pick<ApprovalRow, 'asked_by'>): boolean => {
  const second = secondPersonOf(call)
  if (second.kind === 'none') return false
  if (second.kind === 'officer') return true
  const may = call.account.role === 'admin' || call.account.role === 'officer'
  return may && row.asked_by !== authorOf(call.account).id
}
