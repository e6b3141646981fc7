import type { ParseAnswer, ParseRequest } from '../shared/domain/intake.ts'
import { parseFile, parseLetter } from './parse-file.ts'
import { readPages } from './pages/read-pages.ts'
import { parseTable } from './parse-table.ts'
import { Refusal } from './refusal.ts'

/** Reads one file. Never throws; an unexpected error of a library means that the file is malformed. */
export async function answerRequest(request: ParseRequest): Promise<ParseAnswer> {
  const { id, name, bytes, now, want } = request
  try {
    if (want === 'table') return { id, ok: true, result: parseTable(bytes) }
    if (want === 'letter') return { id, ok: true, result: await parseLetter({ name, bytes, now }) }
    if (typeof want === 'object') return { id, ok: true, result: await readPages({ name, bytes, now }, want) }
    return { id, ok: true, result: await parseFile({ name, bytes, now }) }
  } catch (error) {
    if (error instanceof Refusal) return { id, ok: false, reason: error.reason, detail: error.detail }
    const reason = error instanceof RangeError ? 'too_deep' : 'malformed'
    return { id, ok: false, reason, detail: error instanceof Error ? error.name.slice(0, 100) : '' }
  }
}
