/** What a table program would take for a formula, a line or a new column (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r\n]/u
const special = /[",;\r\n]/u

/** One cell of a CSV file (RFC 4180); what would be a formula becomes a text. */
export const csvCell = (text: string): string => {
  const plain = formula.test(text) ? `'${text}` : text
  return special.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
