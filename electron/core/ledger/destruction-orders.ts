import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { PreparedEntry } from './ledger.ts'

/** An order that takes several people, until its certificate is made. */
export type DestructionOrder = {
  readonly id: string
  /** The account's id in this home. */
  readonly account: string
  /** Milliseconds since 1970 UTC. */
  readonly at: number
  readonly reason: string
  readonly nonce: string | null
  readonly canonical: string | null
  /** The rows of its certificate as canonical JSON, once they are final. */
  readonly rows: string | null
}

/** `certificate` is null as long as the job has none; of a job that is gone without one, for ever. */
export type OrderedJob = { readonly job_id: string; readonly certificate: string | null }

export const insertOrder = (
  db: WritableDb,
  order: Pick<DestructionOrder, 'id' | 'account' | 'at' | 'reason'>,
  jobIds: readonly string[],
): void => {
  db.transaction(() => {
    db.run(
      'INSERT INTO destruction_order (id, account, at, reason) VALUES (?, ?, ?, ?)',
      order.id,
      order.account,
      order.at,
      order.reason,
    )
    for (const id of jobIds) db.run('INSERT INTO destruction_order_job (order_id, job_id) VALUES (?, ?)', order.id, id)
  })
}

export const listOrders = (db: ReadableDb, account: string): DestructionOrder[] =>
  db.all<DestructionOrder>('SELECT * FROM destruction_order WHERE account = ? ORDER BY at, id', account)

export const listOrderedJobs = (db: ReadableDb, orderId: string): OrderedJob[] =>
  db.all<OrderedJob>(
    'SELECT job_id, certificate FROM destruction_order_job WHERE order_id = ? ORDER BY job_id',
    orderId,
  )

/** Notes the certificate of a job in its order, in the transaction of the certificate itself. */
export const noteOrdered = (db: WritableDb, jobId: string, certificate: string): void => {
  db.run('UPDATE destruction_order_job SET certificate = ? WHERE job_id = ?', certificate, jobId)
}

/** Fixes what the certificate will say and the entry that closes the order, before either is written. */
export const closeOrder = (db: WritableDb, orderId: string, rows: string, entry: PreparedEntry): void => {
  db.run(
    'UPDATE destruction_order SET rows = ?, nonce = ?, canonical = ? WHERE id = ?',
    rows,
    entry.nonce,
    entry.canonical,
    orderId,
  )
}

export const destroyOrder = (db: WritableDb, orderId: string): void => {
  db.run('DELETE FROM destruction_order_job WHERE order_id = ?', orderId)
  db.run('DELETE FROM destruction_order WHERE id = ?', orderId)
}
