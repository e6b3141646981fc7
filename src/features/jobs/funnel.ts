import type { Stage } from '@shared/domain/vocabulary.ts'

/** The stages that a job's row counts, in their order. */
export const funnel = ['new', 'reviewed', 'interview', 'offer', 'hired'] as const satisfies readonly Stage[]
