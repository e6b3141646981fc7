// @vitest-environment happy-dom
/// <reference types="node" />
import { Buffer } from 'node:buffer'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import type { JobId } from '../../../../../electron/shared/domain/ids.ts'
import { useIntake } from '../../../../../src/features/intake/use-intake.ts'
import { answerWith } from '../../mount-in-page.ts'

beforeEach(() => setActivePinia(createPinia()))
const job = 'job-1' as JobId

test('a file over the limit is refused before it is read, and counted though nothing else was chosen', async () => {
  const calls = answerWith({
    'intake.begin': () => ({ run_id: 'run' }),
    'intake.end': () => ({}),
    'intake.add': () => ({ result: 'duplicate', record_id: 'r' }),
  })
  const intake = useIntake()
  const big = new File(['x'], 'big.pdf')
  Object.defineProperty(big, 'size', { value: 20_000_001 })
  Object.defineProperty(big, 'slice', { value: () => expect.unreachable('it was read') })
  intake.add([big])
  await intake.start(job, 'hand_in', '')
  await expect.poll(() => intake.running).toBe(false)
  expect(intake.items[0]).toMatchObject({ state: 'too_big', counted: true })
  expect(calls.map(({ route, input }) => [route, input])).toEqual([
    ['intake.begin', { way: 'file', total: 1 }],
    ['intake.end', { run_id: 'run', state: 'done', too_large: [{ name: 'big.pdf', size: 20_000_001 }] }],
  ])
})

test('a file over the limit stands in the report of the run, once', async () => {
  const calls = answerWith({
    'intake.begin': () => ({ run_id: 'run' }),
    'intake.end': () => ({}),
    'intake.add': () => ({ result: 'duplicate', record_id: 'r' }),
  })
  const intake = useIntake()
  const big = new File(['x'], 'big.pdf')
  Object.defineProperty(big, 'size', { value: 20_000_001 })
  intake.add([big, new File(['一'], 'a.pdf')])
  await intake.start(job, 'hand_in', '')
  intake.add([new File(['二'], 'b.pdf')])
  await intake.start(job, 'hand_in', '')
  const ends = calls.filter(({ route }) => route === 'intake.end').map(({ input }) => input)
  expect(ends).toEqual([
    { run_id: 'run', state: 'done', too_large: [{ name: 'big.pdf', size: 20_000_001 }] },
    { run_id: 'run', state: 'done', too_large: [] },
  ])
  expect(calls[0]?.input).toEqual({ way: 'file', total: 2 })
})

test('[ZP-53] each file goes in with its job, source and origin, and one failure does not stop the rest', async () => {
  let turn = 0
  const calls = answerWith({
    'intake.begin': () => ({ run_id: 'run' }),
    'intake.end': () => ({}),
    'intake.add': () => {
      turn++
      if (turn === 1) throw new Error('lost')
      return { result: 'quarantined', quarantine_id: 'q', reason: 'scanned' }
    },
  })
  const intake = useIntake()
  intake.add([new File(['一'], 'a.pdf'), new File(['二'], 'b.pdf')])
  await intake.start(job, 'fair', '11 月校招')
  expect(intake.items.map((item) => item.state)).toEqual(['failed', 'answered'])
  expect(calls.map(({ route }) => route)).toEqual(['intake.begin', 'intake.add', 'intake.add', 'intake.end'])
  expect(calls[3]?.input).toEqual({ run_id: 'run', state: 'done', too_large: [] })
  expect(calls[2]?.input).toEqual({
    name: 'b.pdf',
    content_base64: Buffer.from('二').toString('base64'),
    job_id: job,
    source: 'fair',
    origin: '11 月校招',
    way: 'file',
    run_id: 'run',
  })
})
