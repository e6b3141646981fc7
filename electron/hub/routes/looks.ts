import { lookBody, looksAnswer } from '../../shared/domain/sync-records.ts'
import { beginLook } from '../looks/begin-look.ts'
import { listLooks } from '../looks/list-looks.ts'
import { noContent, operation, type Operation } from '../operation.ts'

export const lookOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/content-looks',
      id: 'listContentLooks',
      tag: 'administration',
      summary:
        'Which administrator looked into content, why, and what was read; recruiters get what concerns their own jobs, newest first, at most a hundred',
      auth: 'session',
      roles: ['hr', 'headhunter', 'admin', 'officer'],
      answers: { 200: { description: 'The looks', schema: looksAnswer } },
    },
    async ({ hub }, session) => ({ body: { looks: await listLooks(hub, session) } }),
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/content-looks',
      id: 'beginContentLook',
      tag: 'administration',
      summary: 'Opens one person, or everybody of one job, to an administrator for an hour, for a reason that is kept',
      auth: 'session',
      roles: ['admin'],
      body: lookBody,
      once: true,
      perMinute: 20,
      answers: { 204: noContent },
      problems: { 404: 'not_found' },
    },
    async ({ hub, body }, session) => {
      await beginLook(hub, session, body)
      return { status: 204 }
    },
  ),
]
