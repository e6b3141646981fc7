import type { EntryDraft } from '../shared/domain/ledger-entry.ts'
import type { CoreRouteName, Input, Output, Routes } from '../shared/ipc/routes/index.ts'
import type { RouteParsed } from '../shared/ipc/define-route.ts'
import { IpcError, type ErrorCode, type ErrorData } from '../shared/ipc/ipc-error.ts'
import { refusalDetail, type PolicyRule } from '../shared/domain/policy-codes.ts'
import type { Core, OpenAccount, OpenVault, SubjectRef } from './context.ts'
import type { ReadableDb, WritableDb } from './store/database.ts'

/** Where a handler stands: core, the moment of the call, and whoever is signed in. */
export type Call = {
  readonly core: Core
  /** Milliseconds since 1970 UTC; one value for the whole call. */
  readonly now: number
}

/** A call of a signed-in account, for handlers that read. */
export type ReaderCall = Call & {
  readonly vault: OpenVault
  readonly account: OpenAccount
  readonly store: ReadableDb
  readonly index: ReadableDb
}

/** A call of a signed-in account, inside a transaction of its store. */
export type WriterCall = Omit<ReaderCall, 'store'> & { readonly store: WritableDb }

type Parsed<N extends CoreRouteName> = RouteParsed<Routes[N]>
type Eventually<T> = T | Promise<T>

/** `read`: no ledger entry, no writable database. `bare` handlers work without a signed-in account. */
export type ReadHandler<N extends CoreRouteName> =
  | { readonly bare: (call: Call, input: Parsed<N>) => Eventually<Output<N>> }
  | { readonly read: (call: ReaderCall, input: Parsed<N>) => Eventually<Output<N>> }

/** What a disclosure wants written before its answer leaves. */
export type Disclosure<T> = {
  readonly entries: readonly EntryDraft[]
  /** Rows of a list: at most one entry an account, subject and day. */
  readonly hits?: { readonly subjects: readonly SubjectRef[]; readonly job?: string }
  /** Called when the entries are durable, with their indices in the log. */
  readonly answer: (indices: readonly number[]) => T
}

export type DiscloseHandler<N extends CoreRouteName> = {
  /** A promise where the network is asked first; the log is written all the same before anything leaves. */
  readonly disclose: (call: ReaderCall, input: Parsed<N>) => Eventually<Disclosure<Output<N>>>
}

export type Written<T> = {
  readonly output: T
  readonly entries: readonly EntryDraft[]
  /** Runs after the commit and after the entries are in the ledger: events, runners. */
  readonly after?: () => void
}

/**
 * `write` runs in one transaction with its entries; `prepare` and `commit` are the same with network or files before it;
 * `perform` touches no account's store (keys, sessions, settings).
 */
export type WriteHandler<N extends CoreRouteName> =
  | { readonly write: (call: WriterCall, input: Parsed<N>) => Written<Output<N>> }
  | { readonly prepare: (call: ReaderCall, input: Parsed<N>) => Promise<(call: WriterCall) => Written<Output<N>>> }
  | { readonly perform: (call: Call, input: Parsed<N>) => Promise<Written<Output<N>>> }

/** `destroy` commits the intent alone; the retention runner does the steps (`architecture.md`, "Destruction"). */
export type DestroyHandler<N extends CoreRouteName> = {
  readonly intend: (call: WriterCall, input: Parsed<N>) => Written<Output<N>>
}

export type HandlerFor<N extends CoreRouteName> = Routes[N]['access'] extends 'read'
  ? ReadHandler<N>
  : Routes[N]['access'] extends 'disclose'
    ? DiscloseHandler<N>
    : Routes[N]['access'] extends 'destroy'
      ? DestroyHandler<N>
      : WriteHandler<N>

/** One handler a core route: a missing one and an undeclared one are compile errors. */
export type Handlers = { readonly [N in CoreRouteName]: HandlerFor<N> }

/** Some of the handlers, for the file that implements them. */
export const defineHandlers = <const K extends CoreRouteName>(handlers: { readonly [N in K]: HandlerFor<N> }): {
  readonly [N in K]: HandlerFor<N>
} => handlers

/** A refusal by policy: the router writes it into the ledger, outside of what it rolled back. */
export class Refusal extends IpcError {
  readonly draft: Pick<EntryDraft, 'subject' | 'job' | 'fields' | 'policy' | 'detail'>

  constructor(
    code: ErrorCode,
    message: string,
    /** The rule has a sentence in both languages; `role` is said by the code itself. */
    data: ErrorData & { readonly rule: PolicyRule | 'role'; readonly clause: string },
    draft: Refusal['draft'] = {},
  ) {
    super(code, message, data)
    // The code of the rule goes into the log, so that whoever it protects can read its sentence in their own language.
    this.draft =
      draft.detail === undefined && data.rule !== 'role' ? { ...draft, detail: refusalDetail(data.rule) } : draft
  }
}

export type { Input, Output, Parsed }
