/** Stands before every text that a model wrote, on screen and on the way to the person (ZP-17). */
export const aiLabel = '【AI 生成】'

const leading = /^(?:\s*【\s*AI\s*生成\s*】)+\s*/iu

/** The text with the label, once. Whoever writes the text has no say in it. */
export const withAiLabel = (text: string): string => `${aiLabel}${text.replace(leading, '')}`

/** A human's text does not pass for a model's, nor a model's for a human's. */
export const withoutAiLabel = (text: string): string => text.replace(leading, '')
