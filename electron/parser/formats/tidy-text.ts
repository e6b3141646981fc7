import { foldIdeographs } from '../resume/source.ts'

/**
 * One shape for the text of all formats: `\n` line ends, no controls, no direction controls or zero-width letters (they hide
 * words from readers and from the search), no runs of empty lines.
 */
export const tidyText = (text: string): string =>
  foldIdeographs(text.toWellFormed())
    .replace(/\r\n?|[\u2028\u2029\u0085\f\v]/g, '\n')
    .replace(
      /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g,
      '',
    )
    .replace(/[^\S\n]+(?=\n|$)/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
