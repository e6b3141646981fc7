import type { OwnDataView, OwnLogLine } from '../../shared/domain/own-data.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import { askDocumentPlace, writeDocument } from '../retention/files/save-document.ts'
import { changed } from './accounts-handlers.ts'
import { askHub, requireHub } from './ask-hub.ts'

const pageSize = 1000

const hereOf = ({ vault, account }: ReaderCall): OwnDataView['here'] => {
  const known = vault.accounts.get(account.view.id)
  return {
    name: account.view.name,
    role: account.view.role,
    employer: account.view.employer,
    ...(known === undefined || known.hub === '' ? {} : { hub: known.hub }),
    ...(known?.officer === undefined ? {} : { officer: known.officer }),
    ...(known?.accepted === undefined ? {} : { rules_at: known.accepted.at }),
    notices_answered: known?.answered_notices?.length ?? 0,
    permissions: { ...known?.permissions },
    device: vault.ledger.deviceId,
  }
}

const viewOf = async (call: ReaderCall): Promise<OwnDataView> => {
  const { reach, answer } = await askHub(call, (hub) => hub.ownData(), undefined)
  return { here: hereOf(call), ...(answer === undefined ? {} : { hub: answer }), reach, now: call.now }
}

/** What this account did by the log of this home: never to whom, because the file is for whoever did it. */
const linesHere = ({ vault, account }: ReaderCall): OwnLogLine[] => {
  const lines: OwnLogLine[] = []
  let cursor: string | null = null
  do {
    const page = vault.ledger.list({ limit: pageSize, cursor })
    for (const { entry } of page.items) {
      if (entry.actor.account !== account.actor.account) continue
      const { at, action, outcome, job, fields, reason, detail } = entry
      const told = { job, fields, reason, detail }
      lines.push({
        at: new Date(at).toISOString(),
        device: vault.ledger.deviceId,
        action,
        outcome,
        ...(Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as typeof told),
      } as OwnLogLine)
    }
    cursor = page.nextCursor
  } while (cursor !== null)
  return lines
}

/** Of the other devices, as far as they have told the hub. */
const linesElsewhere = async (call: ReaderCall): Promise<OwnLogLine[]> => {
  const lines: OwnLogLine[] = []
  let cursor: string | undefined
  do {
    const { answer } = await askHub(call, (hub) => hub.ownLog(cursor), { entries: [] })
    lines.push(...answer.entries.filter(({ device }) => device !== call.vault.ledger.deviceId))
    cursor = answer.next_cursor
  } while (cursor !== undefined)
  return lines
}

/** One's own data, for oneself: QY-28, QY-39. */
export const ownDataHandlers = defineHandlers({
  'account.own_data': { read: viewOf },
  'account.save_own_data': {
    prepare: async (call) => {
      const data = await viewOf(call)
      const log = [...linesHere(call), ...(await linesElsewhere(call))].toSorted((a, b) => (a.at < b.at ? 1 : -1))
      const path = await askDocumentPlace(call.core, 'candor-own-data.json')
      const { now, ...rest } = data
      const document = { format: 'candor-own-data/1', made_at: new Date(now).toISOString(), ...rest, log }
      const bytes = Buffer.from(`${JSON.stringify(document, null, 2)}\n`)
      const detail = `own data lines ${log.length}`
      return () => writeDocument(path, bytes, [{ action: 'export', outcome: 'done', detail }])
    },
  },
  'account.set_title': {
    prepare: async (call, { title }) => {
      await requireHub(call).putOwnTitle(title)
      return changed({}, title === null ? 'own title withdrawn' : 'own title changed')
    },
  },
})
