import type { JobView } from '@shared/domain/views.ts'
import type { JobStatus } from '@shared/domain/vocabulary.ts'
import { useText } from '../../i18n/use-text.ts'
import { call } from '../../ipc/api.ts'
import { useAction } from '../../ipc/use-action.ts'
import { useUndo } from '../../stores/undo.ts'

type Job = Pick<JobView, 'id' | 'title' | 'status'>

/** Opening, pausing and ending a job, each with its way back. */
export const useJobStatus = () => {
  const undo = useUndo()
  const { t, tn, date } = useText()

  const words = (
    job: Job,
    status: JobStatus,
    answer: { readonly scheduled: number; readonly first_due_at?: number | undefined },
  ): string => {
    if (status === 'open') return t('jobs.reopened', { title: job.title })
    if (status === 'paused') return t('jobs.paused', { title: job.title })
    return answer.scheduled > 0 && answer.first_due_at !== undefined
      ? tn('jobs.end.done', answer.scheduled, { title: job.title, date: date(answer.first_due_at) })
      : t('jobs.end.doneNone', { title: job.title })
  }
  return useAction(async (job: Job, status: JobStatus) => {
    const before = job.status
    const answer = await call('job.set_status', { id: job.id, status })
    undo.push({
      label: words(job, status, answer),
      undo: () => call('job.set_status', { id: job.id, status: before }),
    })
    return answer
  })
}
