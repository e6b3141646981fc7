/** Tables of second factors and of sign-ins (`0007`). */

/** How a session was opened and by what it was proved; stays when the session has ended, as the hub's own log of sign-ins. */
export type SignInTable = {
  employer_id: string
  session_id: string
  account_id: string
  at: number
  /** `password` or `phone`. */
  via: string
  /** The factor that opened it, or the one that was enrolled in it; `none` without. */
  factor: string
  /** What the workstation calls itself; of a sign-in by phone only. */
  device: string | null
  proved_at: number | null
  ended_at: number | null
  /** `workstation`, `phone`, `factor` (one was added, removed or reset). */
  ended_by: string | null
}

export type FactorTable = {
  employer_id: string
  id: string
  account_id: string
  kind: string
  label: string
  created_at: number
  /** Null until its first code was right. */
  confirmed_at: number | null
  used_at: number | null
  /** Of a TOTP: its secret, sealed by the hub's key. */
  sealed: Uint8Array | null
  /** Of a TOTP: the last step that was used; none counts twice. */
  last_step: number
  /** Of a passkey: its id, public key (COSE) and counter. */
  credential: string | null
  public_key: Uint8Array | null
  counter: number
}

export type RecoveryCodeTable = { employer_id: string; account_id: string; hash: string }

/** Tries of codes, by account: shared by every process of the hub. */
export type FactorTryTable = { employer_id: string; account_id: string; until: number; count: number }

/** What stands between a right password and a session, or between a session and its proof; works once. */
export type FactorTicketTable = {
  employer_id: string
  id: string
  account_id: string
  kind: string
  /** What the workstation or the form on the phone holds. */
  token_hash: string
  /** What the address of the passkey page holds. */
  page_hash: string | null
  session_id: string | null
  grant_id: string | null
  factor_id: string | null
  challenge: string | null
  label: string | null
  /** The method, once it was proved on the page. */
  proved: string | null
  until: number
}

export type FactorSchema = {
  sign_in: SignInTable
  factor: FactorTable
  recovery_code: RecoveryCodeTable
  factor_try: FactorTryTable
  factor_ticket: FactorTicketTable
}
