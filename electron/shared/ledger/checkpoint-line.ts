import { fromBase64Url, toBase64Url, utf8 } from './bytes.ts'
import { LedgerFormatError } from './ledger-format-error.ts'

const prefix = 'candor-checkpoint/1'

/** A signed checkpoint in one line that survives mail programs, messengers and paper: an anchor outside of whoever keeps the log. */
export const formatCheckpointLine = (note: string): string => `${prefix} ${toBase64Url(utf8(note))}`

/**
 * The signed note in a text that is one already, or the line of one; white space around and inside the line, as mail programs break it, is passed
 * over.
 * @throws LedgerFormatError `note` when a line is not whole
 */
export const checkpointOf = (text: string): string => {
  const trimmed = text.trim()
  if (!trimmed.startsWith(prefix)) return text
  try {
    const bytes = fromBase64Url(trimmed.slice(prefix.length).replaceAll(/\s/g, ''))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new LedgerFormatError('note', 'the line of the checkpoint is not whole')
  }
}
