import { createHash } from 'node:crypto'
import { platform } from '../../shared/domain/vocabulary.ts'
import type { ReaderCall } from '../handler.ts'
import { incidentViewOf, listIncidents } from '../incidents/incident-rows.ts'
import { programVersion } from '../program-version.ts'
import { writeZip, type ZipEntry } from '../retention/handover/write-zip.ts'
import { auditControls } from './audit-controls.ts'

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`)
const iso = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString()

type Rows = ReadonlyArray<Readonly<Record<string, string | number | null>>>

/** Times by their columns as RFC 3339, so that no auditor has to know what a number of milliseconds is. */
const dated = (rows: Rows): Rows =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        /(?:^|_)(?:at|until)$/.test(key) && typeof value === 'number' ? iso(value) : value,
      ]),
    ),
  )

/** The rules in force, whole, with the clause of each cell. */
const rulesOf = ({ core }: ReaderCall): ZipEntry[] =>
  platform.options.flatMap((name) => {
    const profile = core.profiles.get(name)
    if (profile === undefined) return []
    return [{ name: `rules/${name}.json`, bytes: json({ revision: profile.revision, document: profile.document }) }]
  })

const certificatesOf = ({ vault }: ReaderCall, from: number, to: number): ZipEntry[] =>
  vault.ledgerDb.reader
    .all<{ id: string; json: string }>(
      'SELECT id, json FROM certificate WHERE at >= ? AND at < ? ORDER BY at, id',
      from,
      to,
    )
    .map(({ id, json: text }) => ({ name: `certificates/${id}.json`, bytes: new TextEncoder().encode(text) }))

/** Whom rows are about, as the log calls them: never by the platform's id, which the platform could look up. */
const pseudonyms = ({ vault }: ReaderCall): ((platformName: string | null, id: string | null) => string | null) => {
  const known = new Map(
    vault.ledgerDb.reader
      .all<{ hash: string; platform: string | null; candidate: string | null }>(
        'SELECT hash, platform, candidate FROM subject WHERE candidate IS NOT NULL',
      )
      .map(({ hash, platform: name, candidate }) => [`${name} ${candidate}`, hash]),
  )
  return (name, id) => known.get(`${name ?? ''} ${id ?? ''}`) ?? null
}

/** On what each record rests: the channel with its evidence, the other purposes, the consents (LG-11, WZ-15). */
const basesOf = (call: ReaderCall): unknown => {
  const hashOf = pseudonyms(call)
  const applications = call.store.all<Readonly<Record<string, string | number | null>>>(
    `SELECT c.platform, c.platform_id, a.job_id AS job, a.channel, a.evidence_at, a.at, a.stage, a.due_at, a.due_reason,
       a.due_clause, a.held_until FROM application a JOIN candidate c ON c.record_id = a.record_id ORDER BY a.at, a.id`,
  )
  const purposes = call.store.all<Readonly<Record<string, string | number | null>>>(
    `SELECT c.platform, c.platform_id, p.job_id AS job, p.legal_basis, p.at FROM purpose p
     JOIN candidate c ON c.record_id = p.record_id ORDER BY p.at`,
  )
  const consents = call.store.all<Readonly<Record<string, string | number | null>>>(
    'SELECT platform, platform_id, purpose, granted, scope, until FROM consent ORDER BY rev, id',
  )
  const named = (rows: Rows): Rows =>
    dated(rows).map(({ platform_id: id, ...row }) => ({
      subject: hashOf(String(row.platform), id === null || id === undefined ? null : String(id)),
      ...row,
    }))
  return { applications: named(applications), purposes: named(purposes), consents: named(consents) }
}

/** Copies outside of this program: by hash and time, never by name or place. */
const openCopiesOf = ({ store, vault, account }: ReaderCall): unknown => ({
  files: dated(
    store.all(
      `SELECT id, kind, state, size, sha256, at, expires_at, legal_basis, problem, attempts, answer, answered_at, certificate
       FROM registered_file ORDER BY at, id`,
    ),
  ),
  backups: vault.backups.list(account.view.id).map(({ id }) => ({ id })),
})

const holdsOf = (call: ReaderCall): unknown => {
  const hashOf = pseudonyms(call)
  const rows = call.store.all<Readonly<Record<string, string | number | null>>>(
    'SELECT platform, platform_id, at, until, by, approver, released_at, released_by FROM legal_hold ORDER BY until, id',
  )
  return {
    holds: dated(rows).map(({ platform_id: id, ...row }) => ({
      subject: hashOf(String(row.platform), id === null || id === undefined ? null : String(id)),
      ...row,
    })),
    approvals: dated(
      call.store.all(
        'SELECT kind, asked_by, asked_at, state, decided_by, decided_at, until, legal_basis FROM approval ORDER BY asked_at, id',
      ),
    ),
  }
}

const requestsOf = ({ store }: ReaderCall): Rows =>
  dated(
    store.all(
      `SELECT id, kind, requester, via, received_at, noted_at, state, identity, identity_at, outcome, closed_at
       FROM subject_request ORDER BY received_at, id`,
    ),
  )

const incidentsOf = (call: ReaderCall): unknown =>
  listIncidents(call.store).map((row) => {
    const { title: _t, parts: _p, ...view } = incidentViewOf(call.store, call.vault.keys.asideKey(), row, (id) => id)
    return dated([view as unknown as Rows[number]])[0]
  })

/** Who uses this home, and which rules they accepted when (WZ-31, WZ-32). */
const accountsOf = ({ vault, core }: ReaderCall): unknown => ({
  first_notice: { answer: core.settings.get().notice, at: iso(core.settings.get().notice_at) },
  accounts: vault.accounts.list().map(({ id, role, employer, local, officer, accepted, me }) => ({
    id,
    role,
    employer,
    local,
    officer: officer ?? null,
    officer_named: me?.officer_named ?? officer !== undefined,
    confidentiality_at: me?.confidentiality_at ?? null,
    accepted: accepted === undefined ? null : { rules: accepted.rules, at: iso(accepted.at) },
  })),
})

export type BuiltAudit = { readonly bytes: Uint8Array; readonly entries: number; readonly certificates: number }

/**
 * The evidence of lawful use for an auditor: rules, the whole log as a bundle that `candor ledger verify` checks by itself,
 * certificates of the time, what rests on what, copies that are still outside. Nobody's name, contact or words are in it; people
 * are the pseudonyms of the log.
 */
export const buildAudit = (call: ReaderCall, from: number, to: number): BuiltAudit => {
  const lines: string[] = []
  const { size } = call.vault.ledger.exportBundle((line) => lines.push(line))
  const certificates = certificatesOf(call, from, to)
  const entries: ZipEntry[] = [
    { name: 'ledger.jsonl', bytes: new TextEncoder().encode(`${lines.join('\n')}\n`) },
    ...rulesOf(call),
    ...certificates,
    { name: 'bases.json', bytes: json(basesOf(call)) },
    { name: 'open-copies.json', bytes: json(openCopiesOf(call)) },
    { name: 'holds.json', bytes: json(holdsOf(call)) },
    { name: 'requests.json', bytes: json(requestsOf(call)) },
    { name: 'incidents.json', bytes: json(incidentsOf(call)) },
    {
      name: 'officer.json',
      bytes: json({
        dates: dated(call.store.all('SELECT kind, whose, done_at, until FROM officer_date ORDER BY done_at, id')),
        assessments: dated(
          call.store.all(
            'SELECT title, basis, done_at, next_at, result, measures FROM impact_assessment ORDER BY at, id',
          ),
        ),
      }),
    },
    { name: 'accounts.json', bytes: json(accountsOf(call)) },
    { name: 'controls.json', bytes: json(auditControls) },
  ]
  const manifest = {
    format: 'candor-audit/1',
    made_at: iso(call.now),
    from: iso(from),
    to: iso(to),
    employer: call.account.actor.employer,
    device: call.account.actor.device,
    software: `candor ${programVersion}`,
    log: { size, verifier_key: call.vault.ledger.verifierKey },
    files: entries.map(({ name, bytes }) => ({
      name,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  }
  return {
    bytes: writeZip([{ name: 'manifest.json', bytes: json(manifest) }, ...entries]),
    entries: size,
    certificates: certificates.length,
  }
}
