import type { PaperLanguage } from '../../shared/domain/disclosure.ts'
import type { JobStatus } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers } from '../handler.ts'

type Card = {
  readonly title: string
  readonly department: string | null
  readonly city: string | null
  readonly salary: string | null
  readonly headcount: number | null
  readonly description: string | null
}

const words = {
  'zh-CN': { hires: '招聘', department: '部门', city: '地点', salary: '薪资', headcount: '人数', join: '：' },
  'en-US': {
    hires: 'is hiring',
    department: 'Department',
    city: 'Place',
    salary: 'Salary',
    headcount: 'Openings',
    join: ': ',
  },
} as const

/** Words about a job for whoever may like it. Columns of the job alone: nothing of a person can get into them (ZP-77, MM-31). */
const cardText = (card: Card, employer: string, language: PaperLanguage): string => {
  const w = words[language]
  const line = (label: string, value: string | number | null): string[] =>
    value === null || value === '' ? [] : [`${label}${w.join}${value}`]
  return [
    language === 'zh-CN'
      ? `${employer}${w.hires}${w.join}${card.title}`
      : `${employer} ${w.hires}${w.join}${card.title}`,
    ...line(w.department, card.department),
    ...line(w.city, card.city),
    ...line(w.salary, card.salary),
    ...line(w.headcount, card.headcount),
    ...(card.description === null ? [] : ['', card.description]),
  ].join('\n')
}

export const jobOutwardHandlers = defineHandlers({
  'job.card_text': {
    read: (call, { id, language }) => {
      const card = call.store.get<Card>(
        'SELECT title, department, city, salary, headcount, description FROM job WHERE id = ?',
        id,
      )
      if (card === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
      return { text: cardText(card, call.account.actor.employer, language) }
    },
  },
  'job.set_call_in': {
    write: (call, { id, on }) => {
      const job = call.store.get<{ origin: string; status: JobStatus; call_in: number }>(
        'SELECT origin, status, call_in FROM job WHERE id = ?',
        id,
      )
      if (job === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
      if (on && (job.status === 'closed' || job.status === 'filled'))
        throw new IpcError('E_CONFLICT', 'this job has ended', { state: job.status })
      const atNextSync = job.origin === 'hub'
      call.store.run('UPDATE job SET call_in = ? WHERE id = ?', on ? 1 : 0, id)
      if (atNextSync)
        call.account.outbox.enqueue(
          call.store,
          { kind: 'job', body: { job_id: id, status: job.status, call_in: on } },
          call.now,
        )
      return {
        output: { on, at_next_sync: atNextSync },
        entries: [{ action: 'stage', outcome: 'done', job: id, detail: `call_in ${on ? 'on' : 'off'}` }],
        after: () => call.core.emit('data.changed', { what: ['jobs'] }),
      }
    },
  },
})
