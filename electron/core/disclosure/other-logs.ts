import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { findDisclosureProblem, type DisclosureLog } from '../../shared/ledger/disclosure.ts'
import type { ReaderCall } from '../handler.ts'
import { nodeLedgerCrypto } from '../ledger/node-ledger-crypto.ts'
import type { KnownPerson } from './known-person.ts'

/**
 * What the other devices' logs say of a person, as the hub holds them, for those who may read them there. Each proves itself, or
 * is left out; null where they cannot be had, and then the paper says so.
 */
export const otherLogs = async (
  { account, vault }: Pick<ReaderCall, 'account' | 'vault'>,
  { subject }: Pick<KnownPerson, 'subject'>,
): Promise<readonly DisclosureLog[] | null> => {
  const { hub, role } = account
  if (hub === null) return []
  if (role !== 'admin' && role !== 'officer') return null
  try {
    const { logs } = await hub.disclosure(subject.id)
    const others = logs.filter(({ origin }) => origin !== vault.ledger.origin)
    return others.every((log) => findDisclosureProblem(nodeLedgerCrypto, log) === undefined) ? others : null
  } catch (error) {
    if (error instanceof IpcError) return null
    throw error
  }
}
