import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { defineHandlers } from '../handler.ts'
import { sealPdf } from '../retention/pdf/pdf-proof.ts'
import { findPerson, requireKnown, stateOf, type KnownPerson } from './known-person.ts'
import { otherLogs } from './other-logs.ts'
import { askFolder, dayName, reserveFiles } from './made-files.ts'
import { buildStatement } from './statement.ts'

/** What a file is called: the record's number here, else the beginning of its pseudonym. */
const shortName = ({ record, log }: KnownPerson): string =>
  record === null ? (log?.hash ?? 'other').replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 8) : String(record.number)

const subjectOf = ({ log, record, subject }: KnownPerson): Pick<EntryDraft, 'subject'> =>
  log === null && record === null ? {} : { subject }

export const disclosureHandlers = defineHandlers({
  'disclosure.find': {
    disclose: (call, { person: ref }) => {
      const person = findPerson(call, ref)
      const found = stateOf(call, person)
      return {
        // A question about somebody unknown must not make a subject of them.
        entries: [{ action: 'log_read', outcome: 'shown', ...subjectOf(person), detail: 'statement' }],
        answer: () => found,
      }
    },
  },
  'disclosure.make': {
    prepare: async (call, { person: ref, language, request_id: request }) => {
      const person = findPerson(call, ref)
      const others = await otherLogs(call, person)
      // Somebody whom another device alone knows is known all the same.
      if (others === null || others.every(({ rows }) => rows.length === 0)) requireKnown(call, ref)
      const name = `candor-statement-${shortName(person)}-${dayName(call.now)}`
      const folder = await askFolder(call, `${name}.json`)
      const made = buildStatement(call, findPerson(call, ref), others)
      const document = `${JSON.stringify(made, null, 1)}\n`
      // The printer and its font are 10 MB that a core needs only now.
      const { printStatement } = await import('./print-statement.ts')
      const pdf = await printStatement(made, document, `${name}.json`, language)
      const sealed = sealPdf(pdf, document, (message) => call.vault.ledger.sign(message))
      return (writer) => {
        const reserved = reserveFiles(writer, person.record?.record_id ?? '', folder, [
          { name: `${name}.json`, bytes: new TextEncoder().encode(document) },
          { name: `${name}.pdf`, bytes: sealed },
        ])
        return {
          output: { files: reserved.views, entries: made.rows.length },
          entries: [
            {
              action: 'export',
              outcome: 'done',
              ...subjectOf(person),
              reason: 'request',
              detail: request === undefined ? 'statement' : `statement ${request}`,
            },
          ],
          after: reserved.write,
        }
      }
    },
  },
})
