import { z } from 'zod'
import { recordId } from './ids.ts'
import { platform } from './vocabulary.ts'

const time = z.int()

/** Who has to agree beside whoever asks (QY-36): the hub's approvers, the officer named in this workspace, or nobody there is. */
export const secondPerson = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hub') }),
  z.object({ kind: z.literal('officer'), name: z.string() }),
  z.object({ kind: z.literal('none') }),
])
export type SecondPerson = z.infer<typeof secondPerson>

export const holdState = z.enum(['pending', 'active', 'refused', 'ended', 'released'])
export type HoldState = z.infer<typeof holdState>

/** A legal hold, or what was asked for to be one. */
export const holdView = z.object({
  id: z.string(),
  record_id: recordId,
  /** The name as far as it may be shown, else the record's number. */
  label: z.string(),
  platform,
  state: holdState,
  /** When it ends; of one that is over, when it ended. */
  until: time,
  at: time,
  by: z.string(),
  approver: z.string().optional(),
  released_by: z.string().optional(),
  /** In words, without contacts and without the person's own words. */
  reason: z.string().optional(),
  release_reason: z.string().optional(),
  /** When the first of the record's applications would end without any hold. */
  due_at: time.optional(),
  may_decide: z.boolean(),
  may_release: z.boolean(),
})
export type HoldView = z.infer<typeof holdView>
