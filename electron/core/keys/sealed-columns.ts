/** Grows when what a column's plaintext means changes. */
const version = 1

/**
 * Additional authenticated data of a sealed column: `id|table|column|version`. A box that was moved to another row, table or
 * column does not open. `id` is the row's own key; where that has several parts they are joined by `/`.
 */
export const aad = (table: string, column: string, id: string): string => `${id}|${table}|${column}|${version}`

/** JSON as bytes, for sealing. */
export const toSealable = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8')

/** What `toSealable` made, read again; the caller knows its shape because nobody else can have sealed it. */
export const fromSealable = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'))
