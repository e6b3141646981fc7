import { findContacts } from '../../shared/text/find-contacts.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { incidentPart, type IncidentParts, type IncidentPersonView } from '../../shared/domain/incidents.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { getCandidate, requireCandidate } from '../candidates/candidate-rows.ts'
import { contactValue } from '../candidates/person.ts'
import { askFolder, dayName, reserveFiles } from '../disclosure/made-files.ts'
import { openForCopy } from '../disclosure/package/open-for-copy.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import { recordLabels } from '../holds/record-labels.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import { findAffected } from './find-affected.ts'
import { incidentText } from './incident-text.ts'
import {
  incidentViewOf,
  listIncidents,
  listPersons,
  missingParts,
  openIncident,
  requireIncident,
  sealIncident,
  type IncidentRow,
  type IncidentWords,
} from './incident-rows.ts'

const hour = 3_600_000
const empty: IncidentParts = { facts_impact: '', measures: '', advice: '', remedies: '', contact: '' }

const conflict = (reason: string, message: string): IpcError => new IpcError('E_CONFLICT', message, { reason })

/** How long the draft may take by the strictest profile (D14). */
const draftHours = ({ core }: Pick<ReaderCall, 'core'>): number =>
  Math.min(...[...core.profiles.values()].map(({ document }) => document.incident.draft_hours.value))

/** What goes out to many holds nobody's contact but the officer's. @throws IpcError E_INPUT */
const requireNoContact = (field: string, text: string): void => {
  if (findContacts(text).length > 0)
    throw new IpcError('E_INPUT', 'only the part on reaching the officer holds a contact', { field })
}

const requireOpen = (call: ReaderCall, id: string): IncidentRow => {
  const row = requireIncident(call.store, id)
  if (row.closed_at !== null) throw conflict('closed', 'the incident is closed')
  return row
}

const viewNow = (call: ReaderCall, id: string) =>
  incidentViewOf(call.store, call.vault.keys.asideKey(), requireIncident(call.store, id), namesOf(call))

const entry = (detail: string): EntryDraft => ({ action: 'incident', outcome: 'done', detail })
const told = (call: WriterCall) => () => call.core.emit('data.changed', { what: ['officer'] })

/** The enterprise's hub learns of it as it stands: codes and counts, and the title. */
const report = (call: WriterCall, id: string, what: string): void => {
  const { title, kind, state, persons, told: done, discovered_at: at } = viewNow(call, id)
  call.account.outbox.enqueue(
    call.store,
    {
      kind: 'incident',
      body: {
        title,
        incident: id,
        what,
        kind,
        state,
        persons,
        told: done,
        discovered_at: new Date(at).toISOString(),
      },
    },
    call.now,
  )
}

const putWords = (call: WriterCall, row: IncidentRow, words: IncidentWords): void => {
  call.store.run(
    'UPDATE incident SET sealed = ?, drafted_at = iif(?, coalesce(drafted_at, ?), NULL) WHERE id = ?',
    sealIncident(call.vault.keys.asideKey(), row.id, words),
    missingParts(words).length === 0 ? 1 : 0,
    call.now,
    row.id,
  )
}

const personsOf = (call: ReaderCall, id: string) => {
  const labels = recordLabels(call)
  const persons = listPersons(call.store, id).flatMap((row): IncidentPersonView[] => {
    const candidate = getCandidate(call.store, row.record_id)
    if (candidate === undefined) return []
    return [
      {
        record_id: row.record_id as IncidentPersonView['record_id'],
        label: labels.labelOf(candidate),
        platform: candidate.platform,
        fields: JSON.parse(row.fields) as string[],
        first_at: row.first_at,
        last_at: row.last_at,
        seen: row.seen,
        ...(row.channel === null ? {} : { channel: row.channel }),
        ...(row.told_at === null ? {} : { told_at: row.told_at }),
      },
    ]
  })
  return { persons, subjects: labels.subjects }
}

/** What a letter calls the person; nobody's name where the rules keep it from whoever writes. */
const nameFor = (call: ReaderCall, recordId: string): string | null => {
  const { person, leftOut } = openForCopy(call, recordId)
  return leftOut.has('name') ? null : (contactValue(person, 'name') ?? null)
}

export const incidentHandlers = defineHandlers({
  'incident.list': {
    read: (call) => {
      const nameOf = namesOf(call)
      const key = call.vault.keys.asideKey()
      return {
        items: listIncidents(call.store).map((row) => incidentViewOf(call.store, key, row, nameOf)),
        now: call.now,
      }
    },
  },
  'incident.get': {
    disclose: (call, { id }) => {
      const incident = viewNow(call, id)
      const { persons, subjects } = personsOf(call, id)
      return { entries: [], hits: { subjects }, answer: () => ({ incident, persons, now: call.now }) }
    },
  },
  'incident.open': {
    prepare: async (call, input) => {
      requireNoContact('title', input.title)
      if (input.from_at > input.to_at || input.discovered_at > call.now)
        throw new IpcError('E_INPUT', 'the times do not fit together', { field: 'from_at' })
      const account = input.account ?? null
      const found = await findAffected(call, { from: input.from_at, to: input.to_at, account })
      return (writer) => {
        const id = crypto.randomUUID()
        const words = { title: input.title, parts: empty }
        writer.store.run(
          `INSERT INTO incident (id, kind, at, discovered_at, from_at, to_at, account, draft_due_at, by, gone_untold, sealed)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          id,
          input.kind,
          writer.now,
          input.discovered_at,
          input.from_at,
          input.to_at,
          account,
          input.discovered_at + draftHours(writer) * hour,
          authorOf(writer.account).id,
          found.gone,
          sealIncident(writer.vault.keys.asideKey(), id, words),
        )
        for (const person of found.persons) {
          writer.store.run(
            `INSERT INTO incident_person (incident_id, record_id, fields, first_at, last_at, seen)
             SELECT ?, record_id, ?, ?, ?, ? FROM candidate WHERE record_id = ?`,
            id,
            JSON.stringify(person.fields),
            person.firstAt,
            person.lastAt,
            person.seen,
            person.recordId,
          )
        }
        report(writer, id, 'opened')
        return {
          output: { id, persons: found.persons.length, gone: found.gone, logs: found.logs },
          entries: [entry(`opened ${input.kind} persons=${found.persons.length} gone=${found.gone}`)],
          after: told(writer),
        }
      }
    },
  },
  'incident.save': {
    write: (call, { id, title, parts }) => {
      const row = requireOpen(call, id)
      const before = openIncident(call.vault.keys.asideKey(), row)
      const given = Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== undefined))
      const words = { title: title ?? before.title, parts: { ...before.parts, ...given } }
      requireNoContact('title', words.title)
      for (const part of incidentPart.options) if (part !== 'contact') requireNoContact(part, words.parts[part])
      putWords(call, row, words)
      const missing = missingParts(words)
      return { output: viewNow(call, id), entries: [entry(`draft missing=${missing.length}`)], after: told(call) }
    },
  },
  'incident.preview': {
    read: (call, { id, language }) => {
      const row = requireIncident(call.store, id)
      const facts = {
        row,
        words: openIncident(call.vault.keys.asideKey(), row),
        employer: call.account.actor.employer,
        language,
      }
      return {
        letter: incidentText(facts, { name: null, fields: [] }, call.now),
        notice: incidentText(facts, 'public', call.now),
      }
    },
  },
  'incident.make_letters': {
    prepare: async (call, { id, record_ids: records, language }) => {
      const row = requireIncident(call.store, id)
      const words = openIncident(call.vault.keys.asideKey(), row)
      if (missingParts(words).length > 0) throw conflict('parts', 'all five parts have to be written first')
      const facts = { row, words, employer: call.account.actor.employer, language }
      const folder = await askFolder(call, `candor-letter-1-${dayName(call.now)}.pdf`)
      const wanted = new Set<string>(records)
      const persons = listPersons(call.store, id).filter((person) => wanted.has(person.record_id))
      // The printer and its font are 10 MB that a core needs only now.
      const { printLetter } = await import('./print-letter.ts')
      const letters: Array<{ recordId: string; name: string; bytes: Uint8Array }> = []
      for (const { record_id: recordId, fields } of persons) {
        const to = { name: nameFor(call, recordId), fields: JSON.parse(fields) as string[] }
        const { number } = requireCandidate(call.store, recordId)
        letters.push({
          recordId,
          name: `candor-letter-${number}-${dayName(call.now)}.pdf`,
          bytes: await printLetter(facts, to, call.now),
        })
      }
      return (writer) => {
        const here = letters.flatMap((letter) => {
          const candidate = getCandidate(writer.store, letter.recordId)
          return candidate === undefined ? [] : [{ ...letter, candidate }]
        })
        const made = here.map(({ recordId, name, bytes }) => reserveFiles(writer, recordId, folder, [{ name, bytes }]))
        return {
          output: { files: made.flatMap(({ views }) => views) },
          entries: here.map(({ candidate }): EntryDraft => ({
            action: 'export',
            outcome: 'done',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            fields: ['name'],
            reason: 'other',
            detail: 'incident letter',
          })),
          after: () => {
            for (const { write } of made) write()
          },
        }
      }
    },
  },
  'incident.tell': {
    write: (call, { id, record_ids: records, channel, at }) => {
      requireOpen(call, id)
      const when = Math.min(at ?? call.now, call.now)
      const changed = [...new Set(records)].filter((recordId) => {
        const sql =
          'UPDATE incident_person SET channel = ?, told_at = ?, told_by = ? WHERE incident_id = ? AND record_id = ?'
        const by = channel === null ? null : authorOf(call.account).id
        return call.store.run(sql, channel, channel === null ? null : when, by, id, recordId).changes > 0
      })
      report(call, id, 'told')
      const subjects = changed.flatMap((recordId) => getCandidate(call.store, recordId) ?? [])
      return {
        output: viewNow(call, id),
        // Of each person, for it is theirs to learn that they were told.
        entries: subjects.map((candidate): EntryDraft => ({
          ...entry(channel === null ? 'told taken back' : `told ${channel}`),
          subject: { platform: candidate.platform, id: candidate.platform_id },
        })),
        after: told(call),
      }
    },
  },
  'incident.mark': {
    write: (call, { id, what, at }) => {
      requireOpen(call, id)
      const { missing, state } = viewNow(call, id)
      if (what === 'public' && missing.length > 0) throw conflict('parts', 'all five parts have to be written first')
      if (what === 'closed' && state !== 'told')
        throw conflict('untold', 'everybody has to be told first, by name or by the public notice')
      const column = { public: 'public_at', reported: 'reported_at', closed: 'closed_at' }[what]
      call.store.run(`UPDATE incident SET ${column} = ? WHERE id = ?`, Math.min(at ?? call.now, call.now), id)
      report(call, id, what)
      return { output: viewNow(call, id), entries: [entry(what)], after: told(call) }
    },
  },
})
