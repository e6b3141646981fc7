import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import { findDisclosureProblem } from '../../shared/ledger/disclosure.ts'
import { nodeLedgerCrypto } from '../ledger/node-ledger-crypto.ts'
import { checkCertificate } from '../retention/check-certificate.ts'
import { isPdf, readSealed } from '../retention/pdf/pdf-proof.ts'
import { statement, type Statement, type StatementRow } from './statement.ts'

export type StatementProblem =
  | 'malformed'
  /** An entry does not stand in the log that signed the head, or the head is not signed. */
  | 'not_in_log'
  /** What people read says something else than the entry. */
  | 'other_row'
  | 'bad_certificate'
  /** The document is whole, the paper around it is not as it was signed. */
  | 'changed_pdf'

export type StatementCheck = {
  readonly problem: StatementProblem | null
  /** `log entry 12`, where one entry is wrong. */
  readonly where?: string
  readonly made?: Statement
  /** Verifier keys of the logs: whose they are is for whoever brings a registered key to say. */
  readonly keys: readonly string[]
}

const sameAsEntry = (row: StatementRow, text: string): boolean => {
  const entry = ledgerEntry.parse(JSON.parse(text))
  return (
    new Date(entry.at).toISOString() === row.at &&
    entry.action === row.action &&
    entry.outcome === row.outcome &&
    entry.actor.account === row.by.account &&
    entry.actor.role === row.by.role &&
    entry.actor.employer === row.by.employer &&
    entry.actor.agency === row.by.agency &&
    entry.job === row.job &&
    entry.reason === row.reason &&
    entry.policy?.clause === row.clause &&
    JSON.stringify(entry.fields ?? []) === JSON.stringify(row.fields ?? [])
  )
}

const parse = (text: string): Statement | undefined => {
  try {
    return statement.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Checks a statement by itself: proofs, then that what people read is what the entries say. */
export const checkStatement = (text: string): StatementCheck => {
  const made = parse(text)
  if (made === undefined) return { problem: 'malformed', keys: [] }
  const { logs } = made.disclosure
  const keys = logs.map((log) => log.public_key)
  const wrong = (problem: StatementProblem, where?: string): StatementCheck => ({
    problem,
    ...(where === undefined ? {} : { where }),
    made,
    keys,
  })
  for (const log of logs) {
    const problem = findDisclosureProblem(nodeLedgerCrypto, log)
    if (problem !== undefined)
      return wrong('not_in_log', problem === 'checkpoint' ? problem : `${log.origin} ${problem}`)
  }
  const entries = new Map<string, string>(
    logs.flatMap((log) => log.rows.map((row) => [`${log.origin} ${row.i}`, row.entry] as const)),
  )
  if (entries.size !== made.rows.length) return wrong('other_row')
  for (const row of made.rows) {
    const name = `${row.log} ${row.i}`
    const entry = entries.get(name)
    if (entry === undefined || !sameAsEntry(row, entry)) return wrong('other_row', name)
    entries.delete(name)
  }
  const bad = made.certificates.some((certificate) => checkCertificate(certificate).problem !== null)
  return bad ? wrong('bad_certificate') : { problem: null, made, keys }
}

/** Checks a file of either kind; a paper must be signed, byte by byte, by a log that it discloses. */
export const checkStatementFile = (file: Buffer): StatementCheck => {
  if (!isPdf(file)) return checkStatement(file.toString('utf8'))
  const sealed = readSealed(file)
  if (sealed === undefined) return { problem: 'malformed', keys: [] }
  const check = checkStatement(sealed.document)
  if (check.problem !== null) return check
  return check.keys.some((key) => sealed.fits(key)) ? check : { ...check, problem: 'changed_pdf' }
}
