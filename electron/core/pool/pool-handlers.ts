import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { requireCandidate, type CandidateRecord } from '../candidates/candidate-rows.ts'
import { openRecord } from '../candidates/open-record.ts'
import { defineHandlers, type WriterCall, type Written } from '../handler.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { endMembership } from '../retention/end-memberships.ts'
import { ofPool } from '../sync/apply-person.ts'
import { putMembership, requireAgreement, requireEvidence, requirePoolName, type Agreement } from './pool-agreement.ts'
import { getMembership, type PoolMember } from './pool-rows.ts'
import { poolTerms, renewalTaskOf } from './pool-terms.ts'
import { poolOffers, poolPage } from './pool-view.ts'

const changed = { what: ['pool', 'candidates', 'retention'] } as const

const entryOf = (call: WriterCall, { platform, platform_id: id }: CandidateRecord, detail: string): EntryDraft => {
  const profile = requireProfile(call.core.profiles, platform)
  const { clause } = poolTerms(profile)
  return {
    action: 'consent',
    outcome: 'done',
    subject: { platform, id },
    policy: { profile: profile.id, version: profile.document.policy.version, clause },
    detail,
  }
}

/** The platform learns what was agreed here, and what was ended. */
const tellPlatform = (call: WriterCall, candidate: CandidateRecord, pool: string, until: number | null): void => {
  if (candidate.origin !== 'hub') return
  const body = {
    candidate_id: candidate.platform_id,
    purpose: 'talent_pool' as const,
    granted: until !== null,
    scope: `${ofPool}${pool}`,
    ...(until === null ? {} : { until: new Date(until).toISOString() }),
  }
  call.account.outbox.enqueue(call.store, { kind: 'consent', body, recordId: candidate.record_id }, call.now)
}

const requireMembership = (call: WriterCall, id: string, pool: string): PoolMember => {
  const member = getMembership(call.store, id, pool)
  if (member === undefined) throw new IpcError('E_NOT_FOUND', 'nobody of this record is in this pool')
  return member
}

const agree =
  (detail: 'pool added' | 'pool renewed') =>
  (call: WriterCall, input: Agreement & { readonly id: string }): Written<{ until: number }> => {
    requirePoolName(input.pool)
    const record = openRecord(call, input.id, undefined)
    const known = getMembership(call.store, input.id, input.pool)
    if (detail === 'pool added' && known !== undefined)
      throw new IpcError('E_CONFLICT', 'the person is in this pool already')
    if (detail === 'pool renewed' && known === undefined) requireMembership(call, input.id, input.pool)
    const ground = requireAgreement(call, record, input)
    if (known !== undefined && ground.until <= known.until) {
      throw new IpcError('E_INPUT', 'this agreement is no newer than the one that is here', { field: 'consented_at' })
    }
    putMembership(call, record, input.pool, requireEvidence(record, known), ground)
    if (ground.consentId === null) tellPlatform(call, record.candidate, input.pool, ground.until)
    return {
      output: { until: ground.until },
      entries: [entryOf(call, record.candidate, detail)],
      after: () => {
        call.account.indexer.poke()
        call.core.emit('data.changed', changed)
      },
    }
  }

export const poolHandlers = defineHandlers({
  'pool.list': {
    disclose: (call, input) => {
      const page = poolPage(call, input.pool)
      const offers = poolOffers(call, input.pool)
      const terms = poolTerms(requireProfile(call.core.profiles, 'direct'))
      return {
        entries: [],
        hits: { subjects: [...page.subjects, ...offers.subjects] },
        answer: () => ({
          pools: call.store.all<{ pool: string; members: number }>(
            'SELECT pool, count(*) AS members FROM pool_member GROUP BY pool ORDER BY pool',
          ),
          items: [...page.items],
          offers: [...offers.items],
          closed: page.closed,
          days: terms.days,
          remind_days: terms.remindDays,
        }),
      }
    },
  },
  'pool.counts': {
    read: (call) => {
      const terms = poolTerms(requireProfile(call.core.profiles, 'direct'))
      const members = call.store.all<PoolMember>(
        `SELECT p.* FROM pool_member p CROSS JOIN candidate c ON c.record_id = p.record_id WHERE c.life = 'live'`,
      )
      return {
        members: members.length,
        pools: [...new Set(members.map(({ pool }) => pool))].sort(),
        to_ask: members.filter((member) => renewalTaskOf(member, terms, call.now) !== null).length,
      }
    },
  },
  'pool.add': { write: agree('pool added') },
  'pool.renew': { write: agree('pool renewed') },
  'pool.mark_asked': {
    write: (call, { id, pool }) => {
      const member = requireMembership(call, id, pool)
      const { candidate, request } = openRecord(call, id, undefined)
      const task = renewalTaskOf(member, poolTerms(request.profile), call.now)
      if (task === null) throw new IpcError('E_CONFLICT', 'nobody has to be asked now')
      const column = task === 'first' ? 'asked_first_at' : 'asked_last_at'
      call.store.run(`UPDATE pool_member SET ${column} = ? WHERE record_id = ? AND pool = ?`, call.now, id, pool)
      return {
        output: { task },
        entries: [entryOf(call, candidate, `pool renewal asked ${task}`)],
        after: () => call.core.emit('data.changed', { what: ['pool'] }),
      }
    },
  },
  'pool.remove': {
    write: (call, { id, pool, why }) => {
      const candidate = requireCandidate(call.store, id)
      requireMembership(call, id, pool)
      const held = call.store.get(
        'SELECT 1 FROM legal_hold WHERE platform = ? AND platform_id = ? AND until > ?',
        candidate.platform,
        candidate.platform_id,
        call.now,
      )
      if (held !== undefined) throw new IpcError('E_CONFLICT', 'a legal hold keeps this record', { reason: 'held' })
      const clause =
        why === 'withdrawn' ? 'D8' : poolTerms(requireProfile(call.core.profiles, candidate.platform)).clause
      const reason = why === 'withdrawn' ? 'consent_withdrawn' : 'pool_ended'
      const ended = endMembership(call.store, { ...candidate, pool }, { reason, clause, at: call.now }, call.now, () =>
        crypto.randomUUID(),
      )
      tellPlatform(call, candidate, pool, null)
      return {
        output: { destroyed: ended.destroys },
        entries: ended.entries,
        after: () => {
          if (ended.destroys) call.account.retention.kick()
          call.account.indexer.poke()
          call.core.emit('data.changed', changed)
        },
      }
    },
  },
})
