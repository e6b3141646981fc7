import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openRecord } from '../candidates/open-record.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { defineHandlers } from '../handler.ts'
import { explainFit } from './explain-fit.ts'
import { fitOf } from './fit-of.ts'
import { scoresShown } from './scores-shown.ts'

export const matchingHandlers = defineHandlers({
  'matching.explain': {
    disclose: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const { current, candidate, request, person } = record
      const fit = current === null ? undefined : fitOf(call.store, request, person, current.job_id)
      if (current === null || fit === undefined) throw new IpcError('E_NOT_FOUND', 'there is no score of this record')
      return {
        entries: [
          {
            action: 'view',
            outcome: 'shown',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            job: current.job_id,
            fields: ['body'],
            policy: policyOf(request, 'ZP-88'),
            detail: 'score explained',
          },
        ],
        answer: () => ({ zh: explainFit(fit, 'zh'), en: explainFit(fit, 'en'), fit }),
      }
    },
  },
  'matching.get_shown': {
    read: (call) => ({ shown: scoresShown(call.vault.accounts.get(call.account.view.id)) }),
  },
  'matching.set_shown': {
    perform: ({ core }, { shown }) => {
      const { vault, account } = core
      const known = account === null ? undefined : vault?.accounts.get(account.view.id)
      if (vault === null || account === null || known === undefined) throw new IpcError('E_SESSION', 'sign in first')
      vault.accounts.put({ ...known, scores: shown })
      return Promise.resolve({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: `scores ${shown ? 'on' : 'off'}` }],
        after: () => core.emit('data.changed', { what: ['candidates'] }),
      })
    },
  },
})
