import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers, type WriterCall } from '../handler.ts'
import { listAssignments, putAssignment, removeAssignment } from './assignment-rows.ts'
import { authorOf, listColleagues } from './colleagues.ts'
import { openApplication } from './note-handlers.ts'

/** More people than ever meet one candidate. */
const most = 50

const settle = (call: WriterCall, applicationId: string, account: string, assigned: boolean) => {
  const { record, current } = openApplication(call, applicationId)
  call.store.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', record.candidate.record_id)
  call.account.outbox.enqueue(
    call.store,
    {
      kind: 'assignment',
      body: { application_id: applicationId, account_id: account, assigned },
      applicationId,
    },
    call.now,
  )
  return {
    output: {},
    entries: [
      {
        action: 'stage' as const,
        outcome: 'done' as const,
        subject: { platform: record.candidate.platform, id: record.candidate.platform_id },
        job: current.job_id,
        detail: assigned ? 'assigned' : 'unassigned',
      },
    ],
    after: () => {
      call.account.indexer.poke()
      call.core.emit('data.changed', { what: ['notes'] })
    },
  }
}

export const assignmentHandlers = defineHandlers({
  'assignment.add': {
    write: (call, { application_id: id, account }) => {
      const { record } = openApplication(call, id)
      if (record.candidate.origin !== 'hub') {
        // Nobody else has a copy of own intake, so nobody else can be asked to look at it.
        throw new IpcError('E_CONFLICT', 'own intake lies on this workstation alone', { rule: 'own_intake' })
      }
      const colleague = listColleagues(call).find((one) => one.id === account && one.role === 'interviewer')
      if (colleague === undefined) {
        throw new IpcError('E_NOT_FOUND', 'there is no such interviewer', { rule: 'interviewer' })
      }
      if (listAssignments(call.store, id).length >= most) {
        throw new IpcError('E_CONFLICT', 'more interviewers than an application takes', { rule: 'many' })
      }
      putAssignment(call.store, {
        application_id: id,
        account,
        account_name: colleague.name,
        at: call.now,
        by: authorOf(call.account).id,
      })
      return settle(call, id, account, true)
    },
  },
  'assignment.remove': {
    write: (call, { application_id: id, account }) => {
      if (!removeAssignment(call.store, id, account)) {
        throw new IpcError('E_NOT_FOUND', 'nobody of that number was asked')
      }
      return settle(call, id, account, false)
    },
  },
})
