import type { Document } from 'yaml'
import { isNode, isScalar, isMap, LineCounter, parseDocument, visit } from 'yaml'
import type { ProfileProblem } from './profile-error.ts'
import { ProfileError } from './profile-error.ts'

/** Keys from the top of a document down to a value. */
export type Path = readonly (string | number)[]
/** A mapping of a document, not checked yet. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects are laid over each other key by key; everything else is replaced. */
export function layOver(base: Fields, top: Fields): Fields {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(top)) {
    const below = merged[key]
    merged[key] = isFields(below) && isFields(value) ? layOver(below, value) : value
  }
  return merged
}

/** A profile's text with its positions. */
export class ProfileSource {
  readonly file: string
  readonly fields: Fields
  readonly #document: Document
  readonly #lines = new LineCounter()

  /** @throws ProfileError on text that is not YAML with unique keys, rule `yaml`. */
  constructor(file: string, text: string) {
    this.file = file
    this.#document = parseDocument(text, { lineCounter: this.#lines, uniqueKeys: true })
    const faults = this.#document.errors.map((error) =>
      this.#problem(error.pos[0], 'yaml', error.message.split('\n')[0] ?? ''),
    )
    if (faults.length > 0) throw new ProfileError(faults)
    const value = this.#value()
    if (!isFields(value)) throw new ProfileError([this.#problem(0, 'yaml', 'a profile is a mapping')])
    this.fields = value
  }

  /** A fault at a path, or at its nearest ancestor that this file names. */
  problem(path: Path, rule: string, message: string): ProfileProblem {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range)
        return this.#problem(this.#keyOffset(path.slice(0, length)) ?? node.range[0], rule, message)
    }
    return this.#problem(0, rule, message)
  }

  /** Faults of clause ids that do not exist, wherever they stand. */
  unknownClauses(known: ReadonlySet<string>): ProfileProblem[] {
    const found: ProfileProblem[] = []
    visit(this.#document, {
      Scalar: (_key, node) => {
        const value = node.value
        if (typeof value !== 'string' || !/^(?:(?:ZP|LG|WZ|QY|MM)-\d+|[DK]\d+)$/.test(value) || known.has(value)) return
        found.push(this.#problem(node.range?.[0] ?? 0, 'clause-exists', `${value} is not in clauses.json`))
      },
    })
    return found
  }

  /** Aliases that unfold without end are refused like any other fault of the text. */
  #value(): unknown {
    try {
      return this.#document.toJS()
    } catch {
      throw new ProfileError([this.#problem(0, 'yaml', 'the aliases of this text cannot be resolved')])
    }
  }

  #keyOffset(path: Path): number | undefined {
    const parent = path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true)
    if (!isMap(parent)) return undefined
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1))
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
  }

  #problem(offset: number, rule: string, message: string): ProfileProblem {
    return { file: this.file, line: Math.max(1, this.#lines.linePos(offset).line), rule, message }
  }
}
