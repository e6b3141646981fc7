import type { InterviewState, InterviewView } from '@shared/domain/interviews.ts'
import { useText } from '../../i18n/use-text.ts'
import { call } from '../../ipc/api.ts'
import { useAction } from '../../ipc/use-action.ts'
import { useUndo } from '../../stores/undo.ts'

/** What can be done with an interview that is planned: how it went, or that it does not take place. Each can be taken back. */
export const useInterviewActions = (changed: () => void) => {
  const { t } = useText()
  const undo = useUndo()
  return useAction(async (item: InterviewView, state: InterviewState) => {
    const { sequence } = await call('interview.set_state', { id: item.id, state })
    undo.push({
      label: t(`interviews.done.${state}`, { job: item.job_title }),
      undo: async () => {
        const { undone } = await call('interview.undo', { id: item.id, sequence })
        changed()
        return undone ? undefined : t('interviews.notUndone')
      },
    })
    changed()
  })
}
