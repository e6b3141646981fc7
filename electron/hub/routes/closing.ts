import { cancellationAnswer, cancellationBody, closeBody, closingAnswer } from '../../shared/domain/sync-records.ts'
import { closeEmployer, closingOf, finishClosing } from '../closing/close-employer.ts'
import { cancelAccount } from '../closing/end-account.ts'
import { requireStepUp } from '../factors/step-up.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { noContent, operation, type Operation } from '../operation.ts'

const roles = ['admin', 'officer'] as const

/** How an account and an enterprise end; neither can be taken back. */
export const closingOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/me/cancellation',
      id: 'cancelAccount',
      tag: 'sign-in',
      summary:
        'Cancels one’s own account for good, within one working day; nobody can be kept from it, the last administrator included (ZP-86)',
      auth: 'session',
      evenSuspended: true,
      body: cancellationBody,
      answers: { 200: { description: 'When everything has to be gone', schema: cancellationAnswer } },
      problems: { 400: 'confirm', 409: 'cancelled' },
    },
    async ({ hub, body }, session) => {
      const due = await hub.db.transaction().execute(async (tx) => {
        const own = await tx
          .selectFrom('account')
          .select(['login', 'cancelled_at'])
          .where('employer_id', '=', session.employerId)
          .where('id', '=', session.accountId)
          .forUpdate()
          .executeTakeFirstOrThrow()
        if (own.cancelled_at !== null) throw new HubProblem(409, 'cancelled', 'this account is cancelled already')
        if (own.login !== body.confirm) throw new HubProblem(400, 'confirm', 'the account’s name is typed to confirm')
        return cancelAccount(hub, tx, session.employerId, session.accountId, session.id)
      })
      hub.events.emit(session.employerId)
      return { body: { due_at: isoTime(due) } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/employer/closing',
      id: 'getClosing',
      tag: 'administration',
      summary: 'What closing the enterprise would end, what is open, and how far it is',
      auth: 'session',
      roles,
      answers: { 200: { description: 'Counts and state', schema: closingAnswer } },
    },
    async ({ hub }, session) => ({ body: await closingOf(hub, session) }),
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/employer/closing',
      id: 'closeEmployer',
      tag: 'administration',
      summary: 'Asks for the closing, or, as the second person, carries it out',
      auth: 'session',
      roles,
      body: closeBody,
      answers: { 200: { description: 'Counts and state', schema: closingAnswer } },
      problems: { 400: 'confirm', 403: 'second_factor_required', 409: 'open_duties, closed' },
    },
    async ({ hub, body }, session) => {
      await requireStepUp(hub, session)
      return { body: await closeEmployer(hub, session, body.confirm) }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/employer/closing/finish',
      id: 'finishClosing',
      tag: 'administration',
      summary: 'The last workstation holds nothing any more; its account ends',
      auth: 'session',
      roles,
      answers: { 204: noContent },
      problems: { 409: 'not_closing' },
    },
    async ({ hub }, session) => {
      await finishClosing(hub, session)
      return { status: 204 }
    },
  ),
]
