/**
 * Requests, consents, holds and approvals outlive the person as evidence (D11); what people typed into them does not. The facts
 * lie in clear, the words sealed beside them. Named here: the words of each type, and what stands in clear in their place where
 * the type cannot do without.
 */
const words: Readonly<Record<string, Readonly<Record<string, '' | undefined>>>> = {
  request: { detail: '' },
  request_answer: { text: undefined },
  consent: { scope: undefined },
  hold: { reason: '', release_reason: undefined },
  approval: { reason: '' },
  deletion_notice: { reason: '' },
}

/** The types whose words are sealed apart from their facts. */
export const evidenceTypes = Object.keys(words)

export const isEvidenceType = (type: string): boolean => Object.hasOwn(words, type)

export type EvidenceParts = { readonly facts: object; readonly words: object | undefined }

/** @returns `words` undefined where nothing was typed */
export const splitWords = (type: string, data: unknown): EvidenceParts => {
  const names = words[type] ?? {}
  const all = Object.entries(data as object)
  const typed = all.filter(([name, value]) => Object.hasOwn(names, name) && typeof value === 'string' && value !== '')
  const blanks = Object.entries(names).filter(([, blank]) => blank !== undefined)
  return {
    facts: Object.fromEntries([...all.filter(([name]) => !Object.hasOwn(names, name)), ...blanks]),
    words: typed.length === 0 ? undefined : Object.fromEntries(typed),
  }
}

/**
 * Whose key seals the words: the person's. Somebody who is destroyed has none and may still ask (K17): such a request has one of
 * its own, in the same table, which ends with its answer.
 */
export const ownRequestKey = (requestId: string): string => `request|${requestId}`
