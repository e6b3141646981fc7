import { z } from 'zod'
import { candidateConsentBody, candidateRequestBody, disclosure, syncTime } from '../../shared/domain/sync-records.ts'
import { fileConsent, fileRequest } from '../candidate-portal/file-request.ts'
import { getPortalContext } from '../candidate-portal/list-context.ts'
import { getDisclosure, viewRows } from '../candidate-portal/list-views.ts'
import { requireCandidate } from '../candidate-portal/require-candidate.ts'
import { viewsPage } from '../candidate-portal/views-page.ts'
import { htmlPage, pageHeaders } from '../html.ts'
import { operation, type Operation, type OperationAnswer } from '../operation.ts'
import { bearerOf } from '../session.ts'

const page = { 200: { description: 'A plain page', media: 'text/html' } } as const
const filed = z.object({ id: z.string(), due_at: syncTime })
const noted = z.object({ id: z.string() })

/** Forms send words; the JSON route takes booleans. */
const consentForm = candidateConsentBody.extend({
  granted: z.enum(['true', 'false']).transform((value) => value === 'true'),
})

export const candidatePortalOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/c/{token}',
      id: 'candidatePage',
      tag: 'candidate',
      summary: 'Who viewed, revealed, downloaded or called, when, for which job, which fields; until when copies live',
      auth: 'none',
      answers: page,
      problems: { 401: 'invalid_token' },
    },
    async ({ hub, param }) => {
      const candidate = await requireCandidate(hub, param('token'))
      const found = await getDisclosure(hub, candidate)
      const context = await getPortalContext(hub, candidate)
      return {
        headers: pageHeaders,
        body: viewsPage(context, viewRows(found), found.logs.length, param('token')),
      }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/c/{token}/requests',
      id: 'candidatePageRequest',
      tag: 'candidate',
      summary: 'The page’s form for a request',
      auth: 'none',
      body: candidateRequestBody,
      form: true,
      answers: page,
      problems: { 401: 'invalid_token' },
    },
    async ({ hub, param, body }) => {
      const candidate = await requireCandidate(hub, param('token'))
      const { due_at: due } = await fileRequest(hub, candidate, body)
      return thanks(`请求已送达，最晚 ${due.slice(0, 10)} 答复。`)
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/c/{token}/consents',
      id: 'candidatePageConsent',
      tag: 'candidate',
      summary: 'The page’s form for a consent or its withdrawal',
      auth: 'none',
      body: consentForm,
      form: true,
      answers: page,
      problems: { 401: 'invalid_token' },
    },
    async ({ hub, param, body }) => {
      await fileConsent(hub, await requireCandidate(hub, param('token')), body)
      return thanks(body.granted ? '已记录您的同意，可随时撤回。' : '已记录您的撤回。')
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/candidate/views',
      id: 'listCandidateViews',
      tag: 'candidate',
      summary: 'The same as JSON with proofs: the disclosure of the view logs',
      auth: 'candidate',
      answers: { 200: { description: 'The disclosure', schema: disclosure } },
    },
    async ({ hub, header }) => ({
      body: await getDisclosure(hub, await requireCandidate(hub, bearerOf(header('authorization')))),
    }),
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/candidate/requests',
      id: 'createCandidateRequest',
      tag: 'candidate',
      summary: 'Files a data subject’s request',
      auth: 'candidate',
      body: candidateRequestBody,
      answers: { 201: { description: 'Filed', schema: filed } },
    },
    async ({ hub, header, body }) => {
      const candidate = await requireCandidate(hub, bearerOf(header('authorization')))
      return { status: 201, body: await fileRequest(hub, candidate, body) }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/candidate/consents',
      id: 'createCandidateConsent',
      tag: 'candidate',
      summary: 'Grants or withdraws a consent',
      auth: 'candidate',
      body: candidateConsentBody,
      answers: { 201: { description: 'Noted', schema: noted } },
    },
    async ({ hub, header, body }) => {
      const candidate = await requireCandidate(hub, bearerOf(header('authorization')))
      return { status: 201, body: await fileConsent(hub, candidate, body) }
    },
  ),
]

const thanks = (words: string): OperationAnswer => ({
  headers: pageHeaders,
  body: htmlPage('已收到', `<p class="brand">坦荐 · 谁看过我的简历</p><h1>已收到</h1><p>${words}</p>`),
})
