/** What a column can hold, and what ends it. */
export type Holding =
  /** Ids, times, codes and counts of the program's own; nothing about a person. */
  | 'own'
  /** Names a person by an opaque id (the platform's or ours); the row goes with the person or the application. */
  | 'pseudonym'
  /** Sealed under the candidate's or the application's key; the key goes first, then the row. */
  | 'sealed'
  /** About a person in clear inside an encrypted file; the row goes, overwritten by `secure_delete`. */
  | 'clear'
  /** Keyed hashes; the key goes 12 months after destruction (D11). */
  | 'hash'

export type Columns = Readonly<Record<string, Holding>>
