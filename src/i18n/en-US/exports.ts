/** Lists that leave the vault by approval. */
export const exports = {
  title: 'Lists to export',
  listLead:
    'Once granted, a list can be written: masked as in the list of candidates, marked with who made it, and registered below with its end.',
  askMany: 'Ask to export {n} | Ask to export {n}',
  askTitle: 'Ask to export a list of {n} candidate | Ask to export a list of {n} candidates',
  lead: 'What is exported is what the list shows; contacts stay masked. Each person sees this export in the view log. For more than one, two people have to agree.',
  limit: 'A list holds candidates of one job, 200 at most. Filter the list and mark anew.',
  reason: 'Purpose',
  reasonHint: 'Say for whom and what for, like “for the hiring manager’s weekly meeting”; no contact details.',
  askSubmit: 'Ask to export {n} | Ask to export {n}',
  asked: 'Asked. Once granted, write it under Retention, registered files',
  people: '{n} candidate | {n} candidates',
  column: { what: 'List', reason: 'Purpose', state: 'State', until: 'Usable until', action: 'Action' },
  write: 'Write',
  writeTitle: 'Write a list of {n} candidate | Write a list of {n} candidates',
  writeLead:
    'Whoever may not be seen any more is left out. The file stays for 7 days at most, and ends as soon as anybody’s data in it are destroyed.',
  formatLabel: 'Format',
  format: { csv: 'CSV', xlsx: 'Excel', pdf: 'PDF' },
  formatHint: {
    csv: 'Opens in any spreadsheet; what would be taken for a formula begins with an apostrophe.',
    xlsx: 'Every cell is text; there are no formulas.',
    pdf: 'A4 across, with who, when and the approval as a watermark over the page.',
  },
  choosePlace: 'Choose a place and write',
  written: 'Written: {people}. To be destroyed by {day}.',
  notWritten: 'Not written: a file of this name is there, or the place cannot be written to',
  leftOut: 'Left out now: {n} | Left out now: {n}',
  conflict: {
    nobody: 'Nobody of this list may be exported any more.',
    changed: 'Somebody’s data have just changed; try once more.',
  },
}
