import { z } from 'zod'
import {
  candidateConsentBody,
  candidateRequestBody,
  consentPurpose,
  disclosure,
} from '../../shared/domain/sync-records.ts'
import { fileConsent, fileRequest } from '../candidate-portal/file-request.ts'
import { getStatement } from '../candidate-portal/get-statement.ts'
import { chooseLanguage, portalLanguages, type PortalLanguage } from '../candidate-portal/language.ts'
import { listPortalCertificates } from '../candidate-portal/list-certificates.ts'
import { getDisclosure } from '../candidate-portal/list-views.ts'
import { noticePage } from '../candidate-portal/notice-page.ts'
import { openLink, takeFiling } from '../candidate-portal/open-link.ts'
import { pageFrame, portalHeaders } from '../candidate-portal/page-frame.ts'
import type { CandidateSession } from '../candidate-portal/require-candidate.ts'
import { statementPage, type Done } from '../candidate-portal/statement-page.ts'
import { asHubProblem, notFound, type HubProblem } from '../hub-problem.ts'
import type { Hub } from '../hub.ts'
import { operation, type Operation, type OperationAnswer, type OperationInput } from '../operation.ts'

const media = 'text/html'
const page = { 200: { description: 'A plain page', media } } as const
/** Forms answer with the page's own address: reloading what follows files nothing twice. */
const sent = { 303: { description: 'Done; the page says so' } } as const
const unopened = {
  401: { description: 'The link is unknown, has expired or was ended: the same page for all', media },
  429: { description: 'Too many; see Retry-After', media },
} as const
const download = { 'content-disposition': 'attachment' } as const

const language = z.object({ lang: z.enum(portalLanguages).optional().catch(undefined) })
const pageQuery = language.extend({
  done: z
    .enum(['request', ...consentPurpose.options])
    .optional()
    .catch(undefined),
})

/** Forms send words; the JSON route takes booleans. */
const consentForm = candidateConsentBody.pick({ purpose: true, scope: true }).extend({
  granted: z.enum(['true', 'false']).transform((value) => value === 'true'),
})

type Input<B> = OperationInput<B, z.output<typeof language>>
type Run<B> = (input: Input<B>, candidate: CandidateSession, language: PortalLanguage) => Promise<OperationAnswer>

/** Opens the link; what goes wrong is said on a page, in the person's language. */
const onPage =
  <B>(run: Run<B>) =>
  async (input: Input<B>): Promise<OperationAnswer> => {
    const chosen = chooseLanguage(input.query.lang, input.header('accept-language'))
    try {
      return await run(input, await openLink(input.hub, input.param('token'), input.address), chosen)
    } catch (error) {
      const problem = asHubProblem(error)
      if (problem === null) throw error
      return {
        status: problem.status,
        headers: { ...portalHeaders, ...problem.headers },
        body: problemPage(problem, chosen),
      }
    }
  }

const problemPage = ({ status, headers }: HubProblem, chosen: PortalLanguage): string =>
  noticePage(chosen, ({ busy, invalid }) =>
    status === 429
      ? { heading: busy.heading, body: busy.body(Math.ceil(Number(headers['retry-after'] ?? 60) / 60)) }
      : invalid,
  )

const back = ({ param }: Pick<Input<unknown>, 'param'>, chosen: PortalLanguage, done: string): OperationAnswer => ({
  status: 303,
  headers: { location: `/c/${encodeURIComponent(param('token'))}?lang=${chosen}&done=${done}` },
})

const doneOf = (done: z.output<typeof pageQuery>['done']): Done => {
  if (done === undefined || done === 'request') return done === undefined ? undefined : { what: done }
  return { what: 'consent', purpose: done }
}

export const candidatePageOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/portal/{name}',
      id: 'candidateScript',
      tag: 'candidate',
      summary: 'The script by which the page checks its proofs in the person’s own browser',
      auth: 'none',
      answers: { 200: { description: 'An ECMAScript module', media: 'text/javascript' } },
      problems: { 404: 'not_found' },
    },
    async ({ hub, param }) => {
      if (param('name') !== hub.portalScript.name) throw notFound('script')
      return {
        headers: {
          'content-type': 'text/javascript; charset=utf-8',
          'cache-control': 'public, max-age=31536000, immutable',
          'cross-origin-resource-policy': 'same-origin',
        },
        body: hub.portalScript.text,
      }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/c/{token}',
      id: 'candidatePage',
      tag: 'candidate',
      summary: 'Who viewed, revealed, downloaded or called, when, for which job, which fields; until when copies live',
      auth: 'none',
      query: pageQuery,
      answers: { ...page, ...unopened },
    },
    async (input) =>
      onPage<undefined>(async ({ hub, param }, candidate, chosen) => ({
        headers: portalHeaders,
        body: statementPage(
          pageFrame(chosen, param('token')),
          await getStatement(hub, candidate),
          doneOf(input.query.done),
        ),
      }))(input),
  ),
  operation(
    {
      method: 'POST',
      path: '/c/{token}/requests',
      id: 'candidatePageRequest',
      tag: 'candidate',
      summary: 'The page’s form for a request',
      auth: 'none',
      query: language,
      body: candidateRequestBody,
      form: true,
      answers: { ...sent, ...unopened },
    },
    onPage(async (input, candidate, chosen) => {
      takeFiling(input.hub, candidate)
      await fileRequest(input.hub, candidate, input.body)
      return back(input, chosen, 'request#requests')
    }),
  ),
  operation(
    {
      method: 'POST',
      path: '/c/{token}/consents',
      id: 'candidatePageConsent',
      tag: 'candidate',
      summary: 'The page’s form for a consent or its withdrawal',
      auth: 'none',
      query: language,
      body: consentForm,
      form: true,
      answers: { ...sent, ...unopened },
    },
    onPage(async (input, candidate, chosen) => {
      takeFiling(input.hub, candidate)
      await fileConsent(input.hub, candidate, input.body)
      return back(input, chosen, `${input.body.purpose}#consents`)
    }),
  ),
  operation(
    {
      method: 'POST',
      path: '/c/{token}/end',
      id: 'candidatePageEnd',
      tag: 'candidate',
      summary: 'The person ends their own link',
      auth: 'none',
      query: language,
      form: true,
      answers: { ...page, ...unopened },
    },
    onPage(async ({ hub }, candidate, chosen) => {
      await endLink(hub, candidate)
      return {
        headers: portalHeaders,
        body: noticePage(chosen, ({ link }) => ({ heading: link.ended, body: link.endHint })),
      }
    }),
  ),
  operation(
    {
      method: 'GET',
      path: '/c/{token}/proofs',
      id: 'candidatePageProofs',
      tag: 'candidate',
      summary: 'The disclosure of the view logs with all proofs, as a file to keep',
      auth: 'none',
      query: language,
      answers: { 200: { description: 'The disclosure', schema: disclosure }, ...unopened },
    },
    onPage(async ({ hub }, candidate) => ({ headers: download, body: await getDisclosure(hub, candidate) })),
  ),
  operation(
    {
      method: 'GET',
      path: '/c/{token}/certificates/{id}',
      id: 'candidatePageCertificate',
      tag: 'candidate',
      summary: 'A device’s signed certificate of destruction, as a file to keep',
      auth: 'none',
      query: language,
      answers: { 200: { description: 'The certificate', schema: z.looseObject({}) }, ...unopened, 404: page[200] },
    },
    onPage(async ({ hub, param }, candidate) => {
      const found = (await listPortalCertificates(hub, candidate)).find((one) => one.id === param('id'))
      if (found?.document === undefined) throw notFound('certificate')
      return { headers: download, body: found.document }
    }),
  ),
]

const endLink = async (hub: Hub, { employerId, linkId }: CandidateSession): Promise<void> => {
  await hub.db
    .updateTable('candidate_link')
    .set({ revoked: true, ended_at: hub.clock.now(), ended_by: 'candidate' })
    .where('employer_id', '=', employerId)
    .where('id', '=', linkId)
    .execute()
}
