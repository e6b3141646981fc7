import type { ColumnType } from 'kysely'

/** By what people abroad may look at all: one record an enterprise. */
export type CrossBorderTable = {
  employer_id: string
  body: ColumnType<unknown, string, string>
  by_account: string
  at: number
}

/** An enterprise that ends here: who asked, who agreed, and how far it is. */
export type ClosingTable = {
  employer_id: string
  asked_by: string
  asked_at: number
  confirmed_by: string | null
  begun_at: number | null
  finished_at: number | null
}
