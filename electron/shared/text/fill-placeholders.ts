import { placeholders, type Placeholder } from '../domain/messages.ts'

const slot = /\{([^{}\s]{1,40})\}/gu

const isPlaceholder = (word: string): word is Placeholder => (placeholders as readonly string[]).includes(word)

/** Words in braces that nothing stands for, in their order; `{phone}` is one of them on purpose. */
export const unknownPlaceholders = (text: string): string[] => [
  ...new Set([...text.matchAll(slot)].map(([, word = '']) => word).filter((word) => !isPlaceholder(word))),
]

/** Fills in a text once: what is filled in is never looked at again, so that no value can ask for another. */
export const fillPlaceholders = (text: string, values: Readonly<Record<Placeholder, string>>): string =>
  text.replace(slot, (whole, word: string) => (isPlaceholder(word) ? values[word] : whole))
