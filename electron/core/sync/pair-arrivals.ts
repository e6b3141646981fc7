import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { adoptMailed } from './adopt-mailed.ts'
import { isNewerThanDestruction, type ApplicationArrival, type upsertApplication } from './apply-application.ts'
import { insertCandidate, refuseMinor, type CandidateArrival, type updateCandidate } from './apply-candidate.ts'
import { enforceEarlierNotices } from './apply-person.ts'
import { listWaitingOf, openAside, putAside, removeAside, removeAsideOf } from './aside.ts'
import { flagsOf, getCandidate, hiddenFor, isUnderAge, type CandidateRow } from './candidate-row.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import type { PageWork } from './page-work.ts'

type Group = { candidate?: CandidateArrival; readonly applications: ApplicationArrival[] }

const groupByPerson = (
  candidates: readonly CandidateArrival[],
  applications: readonly ApplicationArrival[],
): Map<string, Group> => {
  const groups = new Map<string, Group>()
  const groupOf = (id: string): Group => {
    const group = groups.get(id) ?? { applications: [] }
    groups.set(id, group)
    return group
  }
  for (const candidate of candidates) groupOf(candidate.head.id).candidate = candidate
  for (const application of applications) groupOf(application.data.candidate_id).applications.push(application)
  return groups
}

/** Adds what waits in the store about this person to what came with the page. */
const withWaiting = (work: PageWork, platformId: string, group: Group): Group => {
  const applications = [...group.applications]
  let { candidate } = group
  for (const row of listWaitingOf(work.store, platformId)) {
    const head = { type: row.type, id: row.id, rev: row.rev, op: 'upsert' as const, at: row.at }
    if (row.type === 'candidate') {
      candidate ??= { head, data: openAside(work, row) as ChangeDataOf<'candidate'> }
    } else if (row.type === 'application' && !applications.some((one) => one.head.id === row.id)) {
      applications.push({ head, data: openAside(work, row) as ChangeDataOf<'application'> })
    }
  }
  return candidate === undefined ? { applications } : { candidate, applications }
}

/** `problem` says why a pair that is complete still waits: `hidden` and `tombstone` go at the end of the run. */
const keepWaiting = (work: PageWork, platformId: string, group: Group, problem?: 'hidden' | 'tombstone'): void => {
  const rows = [...(group.candidate === undefined ? [] : [group.candidate]), ...group.applications]
  for (const { head, data } of rows) {
    putAside(work, {
      ...head,
      at: work.now,
      why: 'waiting',
      candidateId: platformId,
      data,
      ...(problem === undefined ? {} : { problem }),
    })
    work.counts.waiting += 1
  }
}

/** QY-09: nothing of the person is kept, only that something was refused. */
const refuseForeign = (work: PageWork, { head }: CandidateArrival): void => {
  removeAsideOf(work.store, head.id)
  putAside(work, { ...head, why: 'invalid', problem: 'platform: no candidates (QY-09)', data: null })
  work.counts.invalid += 1
}

/** Makes a record of a candidate and at least one application, or lets what is there wait. Gives the record's number. */
const receive = (
  work: PageWork,
  platformId: string,
  came: Group,
  upsert: typeof upsertApplication,
  update: typeof updateCandidate,
): string | undefined => {
  const group = withWaiting(work, platformId, came)
  const { candidate } = group
  if (candidate === undefined) {
    keepWaiting(work, platformId, came)
    return undefined
  }
  const profile = requireProfile(work.profiles, candidate.data.platform)
  if (!profile.hasCandidates) {
    refuseForeign(work, candidate)
    return undefined
  }
  if (isUnderAge(profile, candidate.data, work.now)) {
    refuseMinor(work, candidate, profile)
    return undefined
  }
  if (group.applications.length === 0) {
    keepWaiting(work, platformId, came)
    return undefined
  }
  const admitted = group.applications.filter(isNewerThanDestruction(work, candidate.data.platform, platformId))
  for (const { head } of group.applications)
    if (!admitted.some((one) => one.head.id === head.id)) removeAside(work.store, 'application', head.id)
  work.counts.tombstones += group.applications.length - admitted.length
  if (admitted.length === 0) {
    keepWaiting(work, platformId, { candidate, applications: [] }, 'tombstone')
    return undefined
  }
  const blocked = flagsOf(work.viewer, candidate.data).blocked === true
  const channels = admitted.map(({ data }) => data.channel)
  if (hiddenFor(work.viewer, profile, candidate.data.visibility, blocked, channels) !== null) {
    keepWaiting(work, platformId, { candidate, applications: admitted }, 'hidden')
    return undefined
  }
  const mailed = adoptMailed(work, candidate, admitted)
  if (mailed !== undefined) {
    addApplications(work, mailed, admitted, upsert)
    update(work, mailed, candidate)
    removeAside(work.store, 'candidate', platformId)
    enforceEarlierNotices(work, mailed.record_id, platformId)
    return mailed.record_id
  }
  const evidence = admitted.map(({ head, data }) => ({ id: head.id, channel: data.channel }))
  const recordId = insertCandidate(work, candidate, evidence)
  for (const application of admitted) upsert(work, recordId, application)
  enforceEarlierNotices(work, recordId, platformId)
  return recordId
}

/** Applications of a person who is here. A locked record takes no new ones; they are fetched again after its destruction. */
const addApplications = (
  work: PageWork,
  row: CandidateRow,
  applications: readonly ApplicationArrival[],
  upsert: typeof upsertApplication,
): void => {
  const ended = row.life === 'locked' && row.lock_reason !== 'hired' && row.lock_reason !== null
  for (const application of applications) {
    const known = work.store.get('SELECT 1 FROM application WHERE id = ?', application.head.id) !== undefined
    if (ended && !known) {
      if (Date.parse(application.data.evidence_at) > (row.locked_at ?? 0)) work.missed.add(row.record_id)
      continue
    }
    if (!upsert(work, row.record_id, application)) {
      putAside(work, {
        ...application.head,
        why: 'invalid',
        problem: 'candidate_id: changed',
        candidateId: row.platform_id,
        data: application.data,
      })
      work.counts.invalid += 1
    }
  }
}

/**
 * Candidates and applications: neither is kept without the other. One whose partner has not come waits sealed. Gives the
 * numbers of the records that grew, for what else waits for them.
 */
export const pairArrivals = (
  work: PageWork,
  candidates: readonly CandidateArrival[],
  applications: readonly ApplicationArrival[],
  upsert: typeof upsertApplication,
  update: typeof updateCandidate,
): Set<string> => {
  const grown = new Set<string>()
  for (const [platformId, group] of groupByPerson(candidates, applications)) {
    const row = getCandidate(work.store, platformId)
    if (row === undefined) {
      const recordId = receive(work, platformId, group, upsert, update)
      if (recordId !== undefined) grown.add(recordId)
      continue
    }
    if (row.origin === 'local') continue
    addApplications(work, row, group.applications, upsert)
    if (group.candidate !== undefined) {
      const profile = requireProfile(work.profiles, group.candidate.data.platform)
      if (profile.hasCandidates && isUnderAge(profile, group.candidate.data, work.now)) {
        refuseMinor(work, group.candidate, profile)
      } else {
        update(work, row, group.candidate)
      }
    }
    if (group.applications.length > 0) grown.add(row.record_id)
  }
  return grown
}
