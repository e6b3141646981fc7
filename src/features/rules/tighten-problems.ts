import type { ApiError } from '../../ipc/api.ts'

export type TightenProblem = { readonly line: number; readonly rule: string; readonly text: string }

/** `3: [never-looser] …` as core writes it. */
const LINE = /^(\d+):\s*\[([^\]]*)\]\s*(.*)$/

/** Each fault of the text with its line; empty where the refusal is of another kind. */
export const problemsOf = (error: ApiError | undefined): readonly TightenProblem[] => {
  if (error?.code !== 'E_INPUT') return []
  const { line, rule, detail } = error.data
  const found = String(detail ?? '')
    .split('\n')
    .flatMap((text) => {
      const match = LINE.exec(text)
      return match ? [{ line: Number(match[1]), rule: match[2] ?? '', text: match[3] ?? '' }] : []
    })
  if (found.length > 0 || typeof line !== 'number') return found
  return [{ line, rule: String(rule ?? ''), text: '' }]
}
