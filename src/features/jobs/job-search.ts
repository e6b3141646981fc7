import type { JobView } from '@shared/domain/views.ts'
import type { JobStatus } from '@shared/domain/vocabulary.ts'

export const jobSorts = ['newest', 'people', 'due', 'title'] as const
export type JobSort = (typeof jobSorts)[number]
export type JobShow = 'running' | 'all' | JobStatus

const plain = (words: string): string => words.normalize('NFKC').toLowerCase()

const holds = (job: JobView, query: string): boolean =>
  query
    .split(/\s+/)
    .every((word) => [job.title, job.department, job.city].some((words) => plain(words ?? '').includes(word)))

const shows = (job: JobView, show: JobShow): boolean =>
  show === 'all' || (show === 'running' ? job.status === 'open' || job.status === 'paused' : job.status === show)

const orders: Readonly<Record<JobSort, (a: JobView, b: JobView) => number>> = {
  newest: (a, b) => b.opened_at - a.opened_at,
  people: (a, b) => b.total - a.total,
  due: (a, b) => (a.next_due_at ?? Infinity) - (b.next_due_at ?? Infinity),
  title: (a, b) => a.title.localeCompare(b.title, 'zh-CN'),
}

/** The jobs that fit, in the wanted order; every word has to stand in title, department or city. */
export const findJobs = (jobs: readonly JobView[], query: string, show: JobShow, sort: JobSort): readonly JobView[] => {
  const wanted = plain(query.trim())
  return jobs
    .filter((job) => shows(job, show) && (wanted === '' || holds(job, wanted)))
    .sort((a, b) => orders[sort](a, b) || (a.id < b.id ? -1 : 1))
}
