import { factorMethod, type FactorMethod, type StepUpState } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import type { Session } from '../session.ts'
import { isFactorRequired, listFactors, passkeyPlace } from './factor-policy.ts'

/** So long a proof counts, for the session that gave it and no other. */
export const proofMilliseconds = 5 * 60_000

/** What a factor of the account can be shown with here. */
export const acceptedMethods = (hub: Hub, factors: readonly { readonly kind: string }[]): FactorMethod[] => {
  const kinds = new Set(factors.map((factor) => factor.kind))
  if (passkeyPlace(hub) === undefined) kinds.delete('webauthn')
  return factorMethod.options.filter((method) => (method === 'recovery' ? factors.length > 0 : kinds.has(method)))
}

export const readStepUp = async (hub: Hub, session: Session): Promise<StepUpState> => {
  const factors = await listFactors(hub.db, session)
  const row = await hub.db
    .selectFrom('sign_in')
    .select('proved_at')
    .where('employer_id', '=', session.employerId)
    .where('session_id', '=', session.id)
    .executeTakeFirst()
  const until = row?.proved_at === null || row === undefined ? 0 : row.proved_at + proofMilliseconds
  const enrolled = factors.length > 0
  return {
    // Whoever has one shows it, also where nobody is asked to have one.
    required: enrolled || (await isFactorRequired(hub, hub.db, session.employerId)),
    enrolled,
    accepted: acceptedMethods(hub, factors),
    ...(until > hub.clock.real() ? { proved_until: isoTime(until) } : {}),
  }
}

/**
 * The port for whatever takes more than a session (RFC 9470): bulk reveal, export, changes of factors.
 * @throws HubProblem 403 `second_factor_required` with what is accepted
 */
export const requireStepUp = async (hub: Hub, session: Session): Promise<void> => {
  const { required, enrolled, accepted, proved_until: until } = await readStepUp(hub, session)
  if (!required || until !== undefined) return
  throw new HubProblem(403, 'second_factor_required', 'prove it with a second factor first', {}, { enrolled, accepted })
}

/** The factor was shown in this session just now. @returns until when that counts */
export const markProved = async (
  hub: Hub,
  session: Pick<Session, 'id' | 'employerId' | 'accountId'>,
  factor: FactorMethod,
): Promise<string> => {
  const now = hub.clock.real()
  const { employerId: employer_id, accountId: account_id } = session
  await hub.db
    .insertInto('sign_in')
    // A session from before there were factors has no row of its own.
    .values({ employer_id, session_id: session.id, account_id, at: now, via: 'password', factor, proved_at: now })
    .onConflict((conflict) => conflict.columns(['employer_id', 'session_id']).doUpdateSet({ proved_at: now, factor }))
    .execute()
  return isoTime(now + proofMilliseconds)
}
