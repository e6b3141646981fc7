import { storageAnswer } from '../../shared/domain/sync-records.ts'
import { operation, type Operation } from '../operation.ts'
import { readStorage } from '../storage/storage-space.ts'

export const storageOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/storage',
      id: 'getStorage',
      tag: 'administration',
      summary: 'What the employer keeps at the hub, and what it may keep',
      auth: 'session',
      roles: ['admin'],
      answers: { 200: { description: 'In use, and the limits that there are', schema: storageAnswer } },
    },
    async ({ hub }, session) => ({ body: await readStorage(hub, hub.db, session.employerId) }),
  ),
]
