import type { Filing } from '../shared/domain/sync-records.ts'
import type { HubQueries, HubTransaction } from './db/schema.ts'
import { isoTime } from './hub-clock.ts'
import { HubProblem } from './hub-problem.ts'
import type { Session } from './session.ts'

/** Status and dates of an account, and the certificates of its institution. */
export const readFiling = async (db: HubQueries, session: Session): Promise<Filing> => {
  const row = await db
    .selectFrom('filing')
    .select(['status', 'at'])
    .where('employer_id', '=', session.employerId)
    .where('account_id', '=', session.accountId)
    .executeTakeFirst()
  const certificates = await db
    .selectFrom('institution_certificate')
    .select(['name', 'until'])
    .where('employer_id', '=', session.employerId)
    .orderBy('name')
    .execute()
  return {
    status: row?.status ?? 'none',
    ...(row === undefined ? {} : { at: isoTime(row.at) }),
    certificates,
  }
}

export const putFiling = async (
  tx: HubTransaction,
  session: Pick<Session, 'employerId' | 'accountId'>,
  status: Filing['status'],
  at: number,
): Promise<void> => {
  await tx
    .insertInto('filing')
    .values({ employer_id: session.employerId, account_id: session.accountId, status, at })
    .onConflict((same) => same.columns(['employer_id', 'account_id']).doUpdateSet({ status, at }))
    .execute()
}

/**
 * What its owner may bring about: an application, and the end at once; approval is the platform's alone (QY-17).
 * @throws HubProblem 403 `real_name`, 409 `filing`
 */
export const changeFiling = async (
  tx: HubTransaction,
  session: Session,
  wanted: 'apply' | 'cancel',
  now: number,
): Promise<void> => {
  if (!session.verified) throw new HubProblem(403, 'real_name', 'the account is not verified')
  const { status } = await readFiling(tx, session)
  const open = status === 'pending' || status === 'approved'
  if (open === (wanted === 'apply')) throw new HubProblem(409, 'filing', `the filing is ${status}`)
  await putFiling(tx, session, wanted === 'apply' ? 'pending' : 'cancelled', now)
}
