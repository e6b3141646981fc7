import { z } from 'zod'

/** Free text with what policy hides cut out: a part is plain text, or a mask of the same reading length. */
export const richText = z.array(z.union([z.string(), z.object({ masked: z.string(), text: z.string() })]))
export type RichText = z.infer<typeof richText>
