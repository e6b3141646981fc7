import { createHash, createHmac } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ExpressionBuilder } from 'kysely'
import type { HubDb, HubSchema, HubTransaction } from '../db/schema.ts'
import { HubProblem } from '../hub-problem.ts'
import type { Hub } from '../hub.ts'
import { seal, unseal } from '../keys/seal.ts'
import type { OperationAnswer } from '../operation.ts'
import type { Session } from '../session.ts'

const keptMilliseconds = 24 * 3_600_000

export type OnceRequest = {
  readonly operation: string
  /** The `Idempotency-Key` header. */
  readonly key: string
  readonly body: unknown
}

/**
 * Carries a call out once for one key of an account, and answers a repetition as the first time. The answer is written in the same
 * transaction as what it answers, so that neither is there without the other; an error leaves nothing and may be tried again.
 * Answers lie sealed, because some hold a secret that is shown once.
 * @throws HubProblem 400 `invalid_request`, 409 `idempotency_conflict`
 */
export const answerOnce = async (
  hub: Hub,
  session: Session,
  request: OnceRequest,
  run: (hub: Hub) => Promise<OperationAnswer>,
): Promise<OperationAnswer> => {
  if (!/^[\x21-\x7e]{1,255}$/.test(request.key)) {
    throw new HubProblem(400, 'invalid_request', 'the header idempotency-key has 1 to 255 visible characters')
  }
  const place = {
    employer_id: session.employerId,
    account_id: session.accountId,
    key_hash: createHash('sha256').update(request.key).digest('base64url'),
  }
  const asked = createHmac('sha256', hub.keys.wrappingKey)
    .update(canonicalize(['idempotency', request.operation, request.body ?? null]) ?? '')
    .digest('base64url')
  const aad = `${place.employer_id}|${place.account_id}|${place.key_hash}|answer`
  const changed = new Set<string>()
  const answer = await hub.db.transaction().execute(async (tx) => {
    const now = hub.clock.real()
    await tx.deleteFrom('idempotency_key').where(matches(place)).where('until', '<=', now).execute()
    // Another call with this key that is under way is waited for here.
    const fresh = await tx
      .insertInto('idempotency_key')
      .values({ ...place, asked, until: now + keptMilliseconds, answer: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key_hash')
      .executeTakeFirst()
    if (fresh === undefined) {
      const known = await tx
        .selectFrom('idempotency_key')
        .select(['asked', 'answer'])
        .where(matches(place))
        .executeTakeFirst()
      if (known?.asked !== asked || known.answer === null) {
        throw new HubProblem(409, 'idempotency_conflict', 'this idempotency key was used for another request')
      }
      const kept = JSON.parse(
        Buffer.from(unseal(hub.keys.wrappingKey, aad, known.answer)).toString('utf8'),
      ) as OperationAnswer
      return { ...kept, headers: { ...kept.headers, 'idempotency-replayed': 'true' } }
    }
    // Nobody is told of a change before it is there.
    const events = { ...hub.events, emit: (employerId: string) => void changed.add(employerId) }
    const made = await run({ ...hub, db: inside(tx), events })
    const box = seal(hub.keys.wrappingKey, aad, Buffer.from(JSON.stringify(made)))
    await tx.updateTable('idempotency_key').set({ answer: box }).where(matches(place)).execute()
    return made
  })
  for (const employerId of changed) hub.events.emit(employerId)
  return answer
}

type Place = { readonly employer_id: string; readonly account_id: string; readonly key_hash: string }

const matches = (place: Place) => (where: ExpressionBuilder<HubSchema, 'idempotency_key'>) => where.and(place)

/** A database whose transactions are part of this one. */
const inside = (tx: HubTransaction): HubDb =>
  new Proxy(tx, {
    get: (target, name) => {
      if (name === 'transaction') return () => ({ execute: (work: (own: HubTransaction) => unknown) => work(tx) })
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
