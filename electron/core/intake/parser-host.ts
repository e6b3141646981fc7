import type { ParseOutcome, ParseRequest } from '../../shared/domain/intake.ts'

/** A running parser process, however it was started. */
export type ParserChild = {
  post(request: ParseRequest): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when the process could not be started; `memory` when the runtime said that the heap was full. */
  onExit(listener: (cause: 'memory' | 'crashed') => void): void
  /** Resident bytes; undefined where the system does not tell. */
  residentBytes(): Promise<number | undefined>
  kill(): void
}

export type ParserLimits = {
  /** Milliseconds that one file may take. */
  readonly ms: number
  /** Resident size of the parser process, in MiB. */
  readonly memoryMb: number
  /** Largest file, in bytes. */
  readonly maxBytes: number
}

export type ParserHost = {
  /** Never throws for what a file holds; `E_CANCELLED` after `close`. */
  parse(name: string, bytes: Uint8Array): Promise<ParseOutcome>
  close(): Promise<void>
}
