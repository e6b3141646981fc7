import type { Platform } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { getCandidate, listApplications, type CandidateRecord } from '../candidates/candidate-rows.ts'
import { defineHandlers, Refusal, type ReaderCall, type WriterCall } from '../handler.ts'
import { recordLabels } from '../holds/record-labels.ts'
import { listMemberships } from '../pool/pool-rows.ts'
import { beginDestruction, listChosen, orderedGround } from '../retention/begin-destruction.ts'
import { endMembership } from '../retention/end-memberships.ts'
import { plainFileDays } from '../retention/files/file-handlers.ts'
import { placeForFile, reserveFile, writeRegistered } from '../retention/files/register-file.ts'
import { noteClosedRequest } from '../ledger/closed-requests.ts'
import { insertOrder } from '../ledger/destruction-orders.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import { letterOf } from './letter.ts'
import { requestEntry } from './request-entry.ts'
import { told, writePlace } from './request-handlers.ts'
import { heldUntil, personOf } from './request-person.ts'
import { addWords, isDisputed, requireOpenRequest, requireRequest, type RequestRecord } from './request-rows.ts'
import { stepOf, numberOf } from './request-view.ts'
import { setRestricted } from './restrict-record.ts'
import { linkedRecords, searchCopies } from './search-copies.ts'

const conflict = (reason: string, message: string): IpcError => new IpcError('E_CONFLICT', message, { reason })

/** @throws IpcError E_CONFLICT unless this is what comes next */
const requireStep = (call: ReaderCall, row: RequestRecord, steps: readonly string[]): void => {
  const step = stepOf(call, row)
  if (!steps.includes(step)) throw conflict(step, 'something else comes first')
}

const toldAll = (call: WriterCall) => () => {
  call.account.indexer.poke()
  call.core.emit('data.changed', { what: ['requests', 'candidates', 'retention'] })
}

/** The person and those who were said to be the same, in this order. @throws IpcError E_INPUT */
const chosenPeople = (call: ReaderCall, person: CandidateRecord, also: readonly string[]): CandidateRecord[] => {
  const linked = linkedRecords(call, person)
  if (also.some((id) => !linked.includes(id)))
    throw new IpcError('E_INPUT', 'only records that were said to be the same person go with it', { field: 'also' })
  return [person, ...also.flatMap((id) => getCandidate(call.store, id) ?? [])]
}

/** @throws Refusal where a legal hold keeps one of them (QY-36) */
const requireNoHold = (call: ReaderCall, people: readonly CandidateRecord[]): void => {
  const held = people.find((person) => heldUntil(call.store, person, call.now) !== null)
  if (held === undefined) return
  throw new Refusal(
    'E_APPROVAL',
    'a legal hold keeps this record',
    { rule: 'HOLD', clause: 'QY-36' },
    { subject: { platform: held.platform, id: held.platform_id } },
  )
}

/** What one person's destruction needs: pools end first, so that the key goes with the last application. */
const destroyPerson = (
  call: WriterCall,
  person: CandidateRecord,
  groundOf: (platform: Platform) => ReturnType<typeof orderedGround>,
  newId: () => string,
) => {
  const ground = { ...groundOf(person.platform), at: call.now }
  const pools = listMemberships(call.store, person.record_id).flatMap(
    ({ pool }) => endMembership(call.store, { ...person, pool }, ground, call.now, newId).entries,
  )
  const ids = listApplications(call.store, person.record_id).map(({ id }) => id)
  return [...pools, ...beginDestruction(call.store, listChosen(call.store, ids, call.now), call.now, newId, groundOf)]
}

const registerOf = (call: WriterCall) => ({
  store: call.store,
  asideKey: call.vault.keys.asideKey(),
  home: call.core.home.home,
  now: call.now,
  by: authorOf(call.account).id,
  maxDays: plainFileDays(call),
})

export const answerHandlers = defineHandlers({
  'request.search': {
    write: (call, { id }) => {
      const row = requireRequest(call.store, id)
      const person = personOf(call.store, row)
      const labels = recordLabels(call)
      const linked = person === undefined ? [] : linkedRecords(call, person)
      const places = searchCopies(call, row)
      if (row.state === 'open') call.store.run('UPDATE subject_request SET searched_at = ? WHERE id = ?', call.now, id)
      return {
        output: {
          places,
          linked: linked.flatMap((recordId) => {
            const other = getCandidate(call.store, recordId)
            return other === undefined ? [] : [{ record_id: other.record_id as never, label: labels.labelOf(other) }]
          }),
        },
        entries: [
          requestEntry(
            call,
            row,
            `copies ${places.filter(({ state }) => state !== 'none' && state !== 'absent').length}`,
            'search',
          ),
          ...labels.subjects.map(
            (subject) => ({ action: 'search_hit', outcome: 'shown', subject, reason: 'request' }) as const,
          ),
        ],
        after: told(call),
      }
    },
  },
  'request.carry_out': {
    write: (call, { id }) => {
      const row = requireOpenRequest(call.store, id)
      requireStep(call, row, ['statement', 'package', 'transfer', 'pass_on', 'restrict'])
      const person = personOf(call.store, row)
      if (row.kind === 'restrict' && person !== undefined) setRestricted(call, person, true)
      call.store.run('UPDATE subject_request SET carried_out_at = ? WHERE id = ?', call.now, id)
      return { output: {}, entries: [requestEntry(call, row, `carried out ${row.kind}`)], after: toldAll(call) }
    },
  },
  'request.unrestrict': {
    write: (call, { id }) => {
      const row = requireRequest(call.store, id)
      if (isDisputed(row)) throw conflict('disputed', 'relatives still disagree')
      const person = personOf(call.store, row)
      if (person === undefined) throw new IpcError('E_NOT_FOUND', 'nobody of that id is here (any more)')
      setRestricted(call, person, false)
      return { output: {}, entries: [requestEntry(call, row, 'restriction lifted')], after: toldAll(call) }
    },
  },
  'request.destroy': {
    intend: (call, { id, also }) => {
      const row = requireOpenRequest(call.store, id)
      requireStep(call, row, ['destroy'])
      const person = personOf(call.store, row)
      if (person === undefined) throw new IpcError('E_NOT_FOUND', 'nobody of that id is here (any more)')
      const people = chosenPeople(call, person, also)
      requireNoHold(call, people)
      const jobs: string[] = []
      const newId = (): string => {
        const fresh = crypto.randomUUID()
        jobs.push(fresh)
        return fresh
      }
      const reason = row.kind === 'withdraw' ? 'consent_withdrawn' : 'requested'
      const groundOf = (platform: Platform) => orderedGround(call.core.profiles, platform, reason)
      const entries = people.flatMap((one) => destroyPerson(call, one, groundOf, newId))
      if (jobs.length > 1)
        insertOrder(
          call.vault.ledgerDb.db,
          { id: crypto.randomUUID(), account: call.account.view.id, at: call.now, reason },
          jobs,
        )
      call.store.run('UPDATE subject_request SET carried_out_at = ? WHERE id = ?', call.now, id)
      return {
        output: { accepted: people.length },
        entries: [requestEntry(call, row, `destruction ordered ${people.length}`), ...entries],
        after: () => {
          told(call)()
          call.account.retention.kick()
        },
      }
    },
  },
  'request.answer': {
    write: (call, { id, outcome, reason }) => {
      const row = requireOpenRequest(call.store, id)
      if (isDisputed(row)) throw conflict('resolve_dispute', 'relatives still disagree')
      if (outcome === 'done') requireStep(call, row, ['answer'])
      else if (reason === undefined)
        throw new IpcError('E_INPUT', 'whoever gets less than they asked for is told why', {
          field: 'reason',
          clause: 'ZP-92',
        })
      if (outcome !== 'done' && outcome !== 'refused' && row.identity !== 'verified')
        throw conflict('check_identity', 'nobody knows yet who asks')
      if (outcome !== 'done' && stepOf(call, row) === 'wait_destruction')
        throw conflict('wait_destruction', 'the destruction is under way')
      if (reason !== undefined) addWords(writePlace(call), row, { reason })
      const by = authorOf(call.account).id
      call.store.run(
        "UPDATE subject_request SET state = 'closed', outcome = ?, closed_at = ?, closed_by = ? WHERE id = ?",
        outcome,
        call.now,
        by,
        id,
      )
      const person = personOf(call.store, row)
      // What the hub knows of it is answered there too, so that the person reads it on their page.
      // So it is of somebody who went before the hub's word of the request came back: whether they came from there is not known any more.
      const isThere =
        person === undefined ? row.person_hash !== null && call.account.hub !== null : person.origin === 'hub'
      if (row.via === 'portal' || row.rev > 0 || isThere)
        call.account.outbox.enqueue(
          call.store,
          {
            kind: 'request_answer',
            ...(person === undefined ? {} : { recordId: person.record_id }),
            body: {
              request_id: id,
              outcome,
              at: new Date(call.now).toISOString(),
              ...(reason === undefined ? {} : { text: reason }),
            },
          },
          call.now,
        )
      return {
        output: {},
        entries: [requestEntry(call, row, `answered ${outcome}`)],
        after: () => {
          noteClosedRequest(call.vault.ledgerDb.db, id, { at: call.now, outcome, by })
          told(call)()
        },
      }
    },
  },
  'request.letter': {
    disclose: (call, { id, language }) => {
      const row = requireRequest(call.store, id)
      const { title, text } = letterOf(call, row, language)
      return {
        entries: [requestEntry(call, row, `letter ${row.state}`, 'request', 'shown')],
        answer: () => ({ title, text }),
      }
    },
  },
  'request.save_letter': {
    prepare: async (call, { id, language }) => {
      const row = requireRequest(call.store, id)
      const letter = letterOf(call, row, language)
      // The printer and its font are 10 MB that a core needs only now.
      const { drawLetter } = await import('./draw-letter.ts')
      const bytes = await drawLetter(letter, call.now, language)
      const path = await call.core.askPlace('save', `${numberOf(row)}.pdf`)
      if (path === null) throw new IpcError('E_CANCELLED', 'no place was named')
      placeForFile(path, call.core.home.home)
      return (writer) => {
        const to = registerOf(writer)
        // Of somebody who is gone the file alone is left, and the sweeper's.
        const recordId = personOf(writer.store, row)?.record_id ?? ''
        const reserved = reserveFile(to, { recordId, applicationId: null, path }, bytes)
        const output = { written: false, size: bytes.length }
        return {
          output,
          entries: [requestEntry(writer, row, `letter ${row.state}`, 'export')],
          // The log has it before the first byte exists outside.
          after: () => {
            writeRegistered({ ...to, store: writer.account.store.db }, reserved, path, bytes)
            output.written = true
            writer.core.emit('data.changed', { what: ['retention'] })
          },
        }
      }
    },
  },
})
