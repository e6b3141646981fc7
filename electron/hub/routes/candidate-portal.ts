import { z } from 'zod'
import { candidateConsentBody, candidateRequestBody, disclosure, syncTime } from '../../shared/domain/sync-records.ts'
import { fileConsent, fileRequest } from '../candidate-portal/file-request.ts'
import { getGrowth } from '../candidate-portal/get-growth.ts'
import { getDisclosure } from '../candidate-portal/list-views.ts'
import { openLink, takeFiling } from '../candidate-portal/open-link.ts'
import { operation, type Operation, type OperationInput } from '../operation.ts'
import { bearerOf } from '../session.ts'

const filed = z.object({ id: z.string(), due_at: syncTime })
const noted = z.object({ id: z.string() })
const growth = z.object({ consistency: z.array(z.string()) })
const logSize = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const problems = { 429: 'too_many_requests' } as const

const candidateOf = ({ hub, header, address }: OperationInput<unknown, unknown>) =>
  openLink(hub, bearerOf(header('authorization')), address)

export const candidatePortalOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/candidate/views',
      id: 'listCandidateViews',
      tag: 'candidate',
      summary: 'The same as JSON with proofs: the disclosure of the view logs',
      auth: 'candidate',
      answers: { 200: { description: 'The disclosure', schema: disclosure } },
      problems,
    },
    async (input) => ({ body: await getDisclosure(input.hub, await candidateOf(input)) }),
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/candidate/growth',
      id: 'proveCandidateLogGrowth',
      tag: 'candidate',
      summary:
        'Why a log that names the person continues the one of `from` entries that was seen before (RFC 9162 §2.1.4)',
      auth: 'candidate',
      query: z.object({ origin: z.string().max(200), from: logSize, to: logSize }),
      answers: { 200: { description: 'Base64 hashes', schema: growth } },
      problems: { ...problems, 404: 'not_found' },
    },
    async (input) => ({ body: await getGrowth(input.hub, await candidateOf(input), input.query) }),
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
      problems,
    },
    async (input) => {
      const candidate = await candidateOf(input)
      takeFiling(input.hub, candidate)
      return { status: 201, body: await fileRequest(input.hub, candidate, input.body) }
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
      problems,
    },
    async (input) => {
      const candidate = await candidateOf(input)
      takeFiling(input.hub, candidate)
      return { status: 201, body: await fileConsent(input.hub, candidate, input.body) }
    },
  ),
]
