import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { SameKind } from '../../shared/domain/match-views.ts'
import type { CandidateRow } from '../../shared/domain/views.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { requireCandidate } from '../candidates/candidate-rows.ts'
import { recordRow } from '../candidates/record-row.ts'
import { defineHandlers, type WriterCall, type Written } from '../handler.ts'
import { findSame, sameIn, tryOpen } from './find-same.ts'
import { basisOf, listLinks, ordered, otherOf, requireStanding, standingLink, type LinkRow } from './link-rows.ts'

const subjectOf = ({ candidate }: OpenedRecord) => ({ platform: candidate.platform, id: candidate.platform_id })

type LinkEvent = {
  readonly at: number
  readonly by: string
  readonly what: 'linked' | 'split' | 'distinct' | 'reopened'
  readonly basis: SameKind[]
}

const eventsOf = (link: LinkRow): LinkEvent[] => [
  ...(link.split_at === null || link.split_by === null
    ? []
    : [
        {
          at: link.split_at,
          by: link.split_by,
          what: link.verdict === 'linked' ? ('split' as const) : ('reopened' as const),
          basis: [],
        },
      ]),
  { at: link.at, by: link.by, what: link.verdict, basis: basisOf(link) },
]

/** An entry for each of the two: whoever asks later learns of it from either side. */
const entriesOf = (platformIds: ReadonlyArray<{ platform: string; id: string }>, detail: string): EntryDraft[] =>
  platformIds.map((subject) => ({ action: 'merge', outcome: 'done', subject, detail }))

const say = (
  call: WriterCall,
  { id, other, job_id: job }: { readonly id: string; readonly other: string; readonly job_id?: string | undefined },
  verdict: LinkRow['verdict'],
): Written<{ link: string }> => {
  if (id === other) throw new IpcError('E_INPUT', 'a record is no duplicate of itself', { fields: 'other' })
  const one = openRecord(call, id, job)
  const two = openRecord(call, other, undefined)
  const standing = standingLink(call.store, id, other)
  if (standing?.verdict === verdict) throw new IpcError('E_CONFLICT', 'this was said before')
  if (standing !== undefined) throw new IpcError('E_CONFLICT', 'something else holds of these two; end that first')
  const same = sameIn(call, one, two)
  const basis: readonly SameKind[] = same.length === 0 ? ['stated'] : same
  const link = crypto.randomUUID()
  const [a, b] = ordered(id, other)
  call.store.run(
    'INSERT INTO record_link (id, record_a, record_b, basis, verdict, at, by) VALUES (?, ?, ?, ?, ?, ?, ?)',
    link,
    a,
    b,
    JSON.stringify(basis),
    verdict,
    call.now,
    call.account.view.name,
  )
  return {
    output: { link },
    entries: entriesOf([subjectOf(one), subjectOf(two)], `${verdict} ${basis.join(' ')}`),
    after: () => call.core.emit('data.changed', { what: ['candidates'] }),
  }
}

export const duplicateHandlers = defineHandlers({
  'duplicate.list': {
    disclose: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const links = listLinks(call.store, input.id)
      const standing = links.filter((link) => link.split_at === null)
      const said = new Set(standing.map((link) => otherOf(link, input.id)))
      const suggested = findSame(call, record).filter(({ other }) => !said.has(other.candidate.record_id))
      // A locked or hidden record takes no part; its link waits for what becomes of it.
      const known = standing.flatMap((link) => {
        const other = tryOpen(call, otherOf(link, input.id))
        return other === null ? [] : [{ link, other }]
      })
      const rowOf = (other: OpenedRecord): CandidateRow => recordRow(call, other)
      const viewOf = ({ link, other }: (typeof known)[number]) => ({
        link: link.id,
        row: rowOf(other),
        basis: basisOf(link),
        at: link.at,
        by: link.by,
        history: links.filter((one) => otherOf(one, input.id) === other.candidate.record_id).flatMap(eventsOf),
      })
      const shown = [record, ...suggested.map(({ other }) => other), ...known.map(({ other }) => other)]
      return {
        entries: [],
        hits: { subjects: shown.map(subjectOf) },
        answer: () => ({
          self: rowOf(record),
          suggested: suggested.map(({ other, basis }) => ({ row: rowOf(other), basis: [...basis] })),
          linked: known.filter(({ link }) => link.verdict === 'linked').map(viewOf),
          distinct: known.filter(({ link }) => link.verdict === 'distinct').map(viewOf),
        }),
      }
    },
  },
  'duplicate.link': { write: (call, input) => say(call, input, 'linked') },
  'duplicate.distinct': { write: (call, input) => say(call, input, 'distinct') },
  'duplicate.split': {
    write: (call, input) => {
      const link = requireStanding(call.store, input.link)
      const sides = [link.record_a, link.record_b].map((id) => requireCandidate(call.store, id))
      // One of the two at least must be open to whoever ends the link; the other may be locked by now.
      if (sides.every(({ record_id: id }) => tryOpen(call, id) === null)) openRecord(call, link.record_a, undefined)
      call.store.run(
        'UPDATE record_link SET split_at = ?, split_by = ? WHERE id = ?',
        call.now,
        call.account.view.name,
        link.id,
      )
      return {
        output: {},
        entries: entriesOf(
          sides.map(({ platform, platform_id: id }) => ({ platform, id })),
          link.verdict === 'linked' ? 'split' : 'reopened',
        ),
        after: () => call.core.emit('data.changed', { what: ['candidates'] }),
      }
    },
  },
})
