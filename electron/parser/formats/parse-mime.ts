import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

/**
 * Takes a MIME message apart within bounds.
 * @throws Refusal `malformed`, `too_deep`
 */
export async function parseMime(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: limits.mimeDepth,
      maxHeadersSize: 512 * 1024,
      attachmentEncoding: 'arraybuffer',
    })
  } catch (error) {
    const deep = error instanceof RangeError || (error instanceof Error && /nesting/i.test(error.message))
    throw new Refusal(deep ? 'too_deep' : 'malformed', 'mime')
  }
}
