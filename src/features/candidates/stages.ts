import type { Stage } from '@shared/domain/vocabulary.ts'

const ways: readonly Stage[] = ['new', 'reviewed', 'interview', 'offer', 'hired']

/** Where "advance" leads; undefined at an end. A new resume goes straight to the interview once it was read. */
export const nextStage = (stage: Stage): Stage | undefined => {
  const at = ways.indexOf(stage)
  return at < 0 ? undefined : ways[at + 1]
}

/** A stage in which a decision can still be taken. */
export const isOpen = (stage: Stage): boolean => stage !== 'hired' && stage !== 'rejected' && stage !== 'withdrawn'
