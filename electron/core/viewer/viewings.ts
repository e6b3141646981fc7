import type { Page, ParsedPages } from '../../shared/domain/page-model.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { OpenAccount } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import { aad, fromSealable } from '../keys/sealed-columns.ts'
import { readAttachment } from '../sync/fetch-attachments.ts'
import { guessNames } from './mask-page.ts'

/** An attachment that somebody has open. What was read of it lies in core's memory alone, and goes when it is closed. */
export type Viewing = {
  readonly id: string
  readonly attachment: string
  readonly jobId: string
  readonly format: ParsedPages['format']
  readonly total: number
  readonly truncated: boolean
  readonly pages: Map<number, Page>
  /** What looks like a name on its first page, to be hidden on every page where no name is known. */
  readonly guessed: readonly string[]
  /** The last reading that was asked for: one after the other. */
  reading: Promise<unknown>
}

/** The first page and the one behind it, over whose edge a value may go. */
const firstPages = 2
const pagesAtOnce = 8
/** More than one person looks at side by side. */
const mostOpen = 4

const open = new WeakMap<OpenAccount, Map<string, Viewing>>()

const viewingsOf = (account: OpenAccount): Map<string, Viewing> => {
  const found = open.get(account) ?? new Map<string, Viewing>()
  open.set(account, found)
  return found
}

type Row = { readonly key_slot: string; readonly sealed_name: Uint8Array }

const fileOf = (call: ReaderCall, id: string): { readonly name: string; readonly bytes: Uint8Array } => {
  const row = call.store.get<Row>(
    'SELECT a.key_slot, t.sealed_name FROM attachment t JOIN application a ON a.id = t.application_id WHERE t.id = ?',
    id,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such attachment (any more)')
  const { keystore } = call.account
  const name = String(fromSealable(keystore.open(row.key_slot, aad('attachment', 'sealed_name', id), row.sealed_name)))
  return { name, bytes: readAttachment(call.store, keystore, id) }
}

const read = async (call: ReaderCall, id: string, from: number, count: number): Promise<ParsedPages> => {
  const { name, bytes } = fileOf(call, id)
  const outcome = await call.core.parser.parsePages(name, bytes, from, count)
  if (call.core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended before the file was read')
  if ('quarantined' in outcome) {
    throw new IpcError('E_FILE', 'the attachment cannot be read', { reason: outcome.quarantined })
  }
  return outcome
}

const keep = (pages: Map<number, Page>, parsed: ParsedPages): void => {
  for (const [index, page] of parsed.pages.entries()) pages.set(parsed.from + index, page)
}

/** Reads what the first page needs, and no more of the file. @throws IpcError E_NOT_FOUND, E_FILE, E_SESSION, E_DAMAGED */
export const startViewing = async (call: ReaderCall, attachment: string, jobId: string): Promise<Viewing> => {
  const parsed = await read(call, attachment, 1, firstPages)
  const { format, total, truncated } = parsed
  const pages = new Map<number, Page>()
  keep(pages, parsed)
  const first = pages.get(1)
  return {
    id: crypto.randomUUID(),
    attachment,
    jobId,
    format,
    total,
    truncated,
    pages,
    guessed: first === undefined ? [] : guessNames(first),
    reading: Promise.resolve(),
  }
}

/** Keeps an opening once its entry is in the log; the oldest goes where there are too many. */
export const keepViewing = (account: OpenAccount, viewing: Viewing): void => {
  const viewings = viewingsOf(account)
  viewings.set(viewing.id, viewing)
  const [oldest] = viewings.keys()
  if (viewings.size > mostOpen && oldest !== undefined) viewings.delete(oldest)
}

/** @throws IpcError E_NOT_FOUND when it was closed, or never opened by this session */
export const requireViewing = (account: OpenAccount, id: string): Viewing => {
  const found = viewingsOf(account).get(id)
  if (found === undefined) throw new IpcError('E_NOT_FOUND', 'this attachment is not open (any more)')
  return found
}

/** Forgets an opening and what was read for it. */
export const endViewing = (account: OpenAccount, id: string): void => {
  viewingsOf(account).delete(id)
}

export type PageInPlace = { readonly page: Page; readonly before: Page | undefined; readonly after: Page | undefined }

/** A page with its neighbours; those that nobody has asked for yet are read now, some at a time. @throws IpcError */
export const pageOf = async (call: ReaderCall, viewing: Viewing, number: number): Promise<PageInPlace> => {
  const { pages, total } = viewing
  if (number > total) throw new IpcError('E_NOT_FOUND', 'the document has no such page')
  const needed = [number - 1, number, number + 1].filter((one) => one >= 1 && one <= total)
  const fill = async (): Promise<void> => {
    const first = needed.find((one) => !pages.has(one))
    if (first !== undefined) keep(pages, await read(call, viewing.attachment, first, pagesAtOnce))
  }
  const turn = viewing.reading.then(fill, fill)
  viewing.reading = turn.catch(() => undefined)
  await turn
  const page = pages.get(number)
  if (page === undefined) throw new IpcError('E_FILE', 'the page cannot be read', { reason: 'malformed' })
  return { page, before: pages.get(number - 1), after: pages.get(number + 1) }
}

/** The bytes of what is open, for its pixels. */
export const bytesOf = (call: ReaderCall, viewing: Viewing): Uint8Array => fileOf(call, viewing.attachment).bytes
