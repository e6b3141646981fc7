import { describe, expect, it } from 'vitest'
import {
  checkApproval,
  type ApprovalScope,
  type GrantedScope,
} from '../../../../electron/core/policy/approval-check.ts'

const now = Date.parse('2026-11-27T08:00:00Z')
const approval: GrantedScope = {
  id: 'a',
  kind: 'sealed',
  status: 'granted',
  account_id: 'me',
  by: 'officer',
  candidate_id: 'c',
  job_id: 'j',
  until: '2026-11-27T09:00:00Z',
  fields: ['id_number'],
}
const scope: ApprovalScope = { kind: 'sealed', accountId: 'me', candidateId: 'c', jobId: 'j', field: 'id_number' }
const rule = (changed: Partial<GrantedScope>, wanted: Partial<ApprovalScope> = {}): string => {
  const verdict = checkApproval([{ ...approval, ...changed }], { ...scope, ...wanted }, now)
  return verdict.ok ? 'ok' : verdict.rule
}

describe('[ZP-96] an approval', () => {
  it('covers what was asked for, for who asked, while it lasts', () => {
    expect(rule({})).toBe('ok')
    expect(rule({ fields: undefined })).toBe('ok')
  })
  it.each<[string, Partial<GrantedScope>, Partial<ApprovalScope>, string]>([
    ['another person', {}, { candidateId: 'd' }, 'APPROVAL_SCOPE'],
    ['another job', {}, { jobId: 'k' }, 'APPROVAL_SCOPE'],
    ['another field', {}, { field: 'household' }, 'APPROVAL_SCOPE'],
    ['another kind', {}, { kind: 'export' }, 'NEEDS_APPROVAL'],
    ['somebody else', {}, { accountId: 'you' }, 'NEEDS_APPROVAL'],
    ['the moment of its end', { until: '2026-11-27T08:00:00Z' }, {}, 'APPROVAL_OVER'],
    ['no end', { until: undefined }, {}, 'APPROVAL_OVER'],
    ['nobody who granted it', { by: undefined }, {}, 'APPROVAL_SCOPE'],
    ['oneself as who granted it', { by: 'me' }, {}, 'APPROVAL_SCOPE'],
    ['no decision', { status: 'pending' }, {}, 'APPROVAL_PENDING'],
    ['a refusal', { status: 'refused' }, {}, 'NEEDS_APPROVAL'],
  ])('does not cover %s', (_what, changed, wanted, expected) => {
    expect(rule(changed, wanted)).toBe(expected)
  })
  it('of a bulk covers its applications and nobody else, and the second layer only where it names the field', () => {
    const bulk = { kind: 'bulk', application_ids: ['x', 'y'], fields: undefined } as const
    expect(rule(bulk, { kind: 'reveal', candidateId: 'other', applicationId: 'y', field: 'phone' })).toBe('ok')
    expect(rule(bulk, { kind: 'reveal', applicationId: 'z', field: 'phone' })).toBe('APPROVAL_SCOPE')
    expect(rule(bulk, { kind: 'reveal', field: 'phone' })).toBe('APPROVAL_SCOPE')
    expect(rule(bulk, { applicationId: 'x' })).toBe('NEEDS_APPROVAL')
    expect(rule({ ...bulk, fields: ['id_number'] }, { applicationId: 'x' })).toBe('ok')
  })
})
