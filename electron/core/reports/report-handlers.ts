import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers } from '../handler.ts'
import { builders } from './report-builders.ts'

export const reportHandlers = defineHandlers({
  'report.get': {
    read: (call, { kind, ...scope }) => {
      if (scope.from !== undefined && scope.to !== undefined && scope.from > scope.to)
        throw new IpcError('E_INPUT', 'the period ends before it begins', { fields: 'from to' })
      return { kind, ...builders[kind](call.store, scope, call.now), now: call.now }
    },
  },
})
