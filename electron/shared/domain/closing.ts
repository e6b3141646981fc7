import { z } from 'zod'

export const openDutiesShape = z.object({ holds: z.int(), requests: z.int(), incidents: z.int() })
export type OpenDuties = z.infer<typeof openDutiesShape>

/** An account or a workspace on its way out of this home. */
export const closingMark = z.object({ kind: z.enum(['account', 'workspace']), at: z.int(), due_at: z.int() })
export type ClosingMark = z.infer<typeof closingMark>

/** How far the end of a workspace is: nothing asked, a second person is waited for, it runs, nothing is left. */
export const closingState = z.enum(['open', 'asked', 'running', 'empty'])

export const closingView = z.object({
  employer: z.string(),
  state: closingState,
  /** Kept on this workstation. */
  people: z.int(),
  messages: z.int(),
  files: z.int(),
  duties: openDutiesShape,
  /** What the hub would end; left out without one. */
  hub: z
    .object({
      candidates: z.int(),
      jobs: z.int(),
      accounts: z.int(),
      holds: z.int(),
      requests: z.int(),
      needs_second: z.boolean(),
      asked_by: z.string().optional(),
      own: z.boolean(),
    })
    .optional(),
  due_at: z.int().optional(),
  now: z.int(),
})
export type ClosingView = z.infer<typeof closingView>
