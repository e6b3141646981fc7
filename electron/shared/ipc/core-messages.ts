import type { IpcErrorShape } from './ipc-error.ts'

/**
 * What main and core say to each other over their private port (`process.send` of a Node child, `parentPort` of a
 * utility process). Both ends run code of ours, so these are types and not schemas; what comes from the page inside
 * `input` is untrusted and is parsed by core's router.
 */
export type ToCore =
  /** A call of the page. Core answers with one `answer` of the same id, whatever happens. */
  | {
      readonly kind: 'call'
      readonly id: number
      readonly route: string
      readonly input: unknown
      readonly caller: 'window'
    }
  /** The answer to a `host_request`. `value` is base64 for wrap and unwrap, a `KeychainBackend` for backend, a number in digits for a parser. */
  | { readonly kind: 'host_answer'; readonly id: number; readonly ok: true; readonly value: string | KeychainBackend }
  | { readonly kind: 'host_answer'; readonly id: number; readonly ok: false; readonly error: IpcErrorShape }
  /**
   * Close everything and leave with exit code 0; a `lock` of an open vault is entered in the ledger first. Killed when it
   * takes longer than a few seconds.
   */
  | { readonly kind: 'stop'; readonly reason: StopReason }
  /** Comes with one message port that leads to the parser of that number. Utility processes only. */
  | { readonly kind: 'parser_port'; readonly parser: number }
  /** The parser of that number is gone; its exit code, `null` for a signal. Utility processes only. */
  | { readonly kind: 'parser_exit'; readonly parser: number; readonly code: number | null }

export type StopReason = 'lock' | 'quit'

export type FromCore =
  /** Calls are served from now on. Sent once, before anything else. */
  | { readonly kind: 'ready' }
  /** Core cannot serve this home (in use, written by a newer version …). It ends afterwards and is not started again. */
  | { readonly kind: 'refused'; readonly error: IpcErrorShape }
  /** `json` is the text of an `Answer<…>`; main hands it to the page without looking inside. */
  | { readonly kind: 'answer'; readonly id: number; readonly json: string }
  /** `json` is the text of the event's payload. */
  | { readonly kind: 'event'; readonly name: string; readonly json: string }
  | { readonly kind: 'host_request'; readonly id: number; readonly what: HostRequest; readonly value: string }

/**
 * What only main can do. `value` is base64 for wrap (bytes) and unwrap (an earlier answer), empty for backend.
 *
 * A utility process cannot start another process, so core asks for its parser too: `parser_start` (`value` empty)
 * answers the parser's number and sends its `parser_port`; `parser_kill` and `parser_memory` (answers resident bytes) take
 * that number. A core that is a Node child starts its parser itself; there these answer `E_RUNTIME`.
 *
 * `place_open`, `place_save` and `place_folder` ask the person by the system's own dialog where a file or a folder lies or shall lie (`value`: its name, or
 * empty) and answer the whole path, empty when they would rather not. No path ever comes from the page.
 *
 * `browser_open` (`value`: an address) asks the person whether the system's browser may go there, and answers `opened` or nothing.
 */
export type HostRequest =
  | 'keychain_wrap'
  | 'keychain_unwrap'
  | 'keychain_backend'
  | 'parser_start'
  | 'parser_kill'
  | 'parser_memory'
  | 'place_open'
  | 'place_save'
  | 'place_folder'
  | 'browser_open'

/** `available` is false for `basic_text` and for Linux's built-in fallback key: those are never a keychain. */
export type KeychainBackend = { readonly available: boolean; readonly backend: string }

/** What main says to the sandbox's hub, and the hub to main, over the same kind of port. */
export type ToHub =
  /** The offset to the wall clock that core has taken over, in seconds; replaces the one before. */
  { readonly kind: 'clock_offset'; readonly seconds: number } | { readonly kind: 'stop' }

export type FromHub = {
  readonly kind: 'listening'
  readonly url: string
  readonly accounts: ReadonlyArray<{ readonly name: string; readonly password: string; readonly role: string }>
}
