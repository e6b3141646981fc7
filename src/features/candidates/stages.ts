import type { Stage } from '@shared/domain/vocabulary.ts'

const ways: readonly Stage[] = ['reviewed', 'interview', 'offer', 'hired']

/** Where "advance" leads; undefined at an end. From a new resume it is the interview: `reviewed` is a pause, not a gate. */
export const nextStage = (stage: Stage): Stage | undefined => {
  if (stage === 'new') return 'interview'
  const at = ways.indexOf(stage)
  return at < 0 ? undefined : ways[at + 1]
}

/** A stage in which a decision can still be taken. */
export const isOpen = (stage: Stage): boolean => stage !== 'hired' && stage !== 'rejected' && stage !== 'withdrawn'
