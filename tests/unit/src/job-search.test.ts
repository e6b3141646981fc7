import { describe, expect, it } from 'vitest'
import { findJobs } from '../../../src/features/jobs/job-search.ts'
import { jobs } from './fake-page/fake-rows.ts'

const ids = (...found: Parameters<typeof findJobs>): string[] => findJobs(...found).map(({ id }) => id)

describe('finding jobs', () => {
  it('looks for every word in title, department and city', () => {
    expect(ids(jobs, 'java', 'all', 'title')).toEqual(['j1'])
    expect(ids(jobs, 'JAVA 后端', 'all', 'title')).toEqual(['j1'])
    expect(ids(jobs, 'java 财务', 'all', 'title')).toEqual([])
  })
  it('filters by status and orders', () => {
    expect(ids(jobs, '', 'running', 'title')).not.toContain('j5')
    expect(ids(jobs, '', 'paused', 'title')).toEqual(['j3'])
    const totals = findJobs(jobs, '', 'all', 'people').map(({ total }) => total)
    expect(totals).toEqual([...totals].sort((a, b) => b - a))
  })
})
