/**
 * Rows of tables in text where each cell ends with a tab and each row with a line end. A cell of several lines is a block of
 * the layout (a column of a resume, say) and stands by itself; short ones stay beside each other.
 */
export const tableRows = (text: string): string =>
  text
    .split('\t\n')
    .map((row) => {
      const cells = row.split('\t')
      return cells.reduce((line, cell, index) => {
        if (index === 0) return cell
        // What stands before the first cell are paragraphs above the table.
        const beside = index > 1 && (cells[index - 1] ?? '').includes('\n')
        return `${line}${cell.includes('\n') || beside ? '\n' : '\t'}${cell}`
      }, '')
    })
    .join('\n')
