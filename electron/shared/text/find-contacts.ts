export type ContactKind = 'phone' | 'landline' | 'email' | 'wechat' | 'qq' | 'id_number' | 'link' | 'name'

/** Offsets are UTF-16 indices into the text as given. */
export type FoundContact = {
  readonly start: number
  readonly end: number
  readonly kind: ContactKind
  readonly text: string
}

/** All contacts in a text, in order, without overlaps. `names`: the person's own names, found too. */
export declare function findContacts(text: string, names?: readonly string[]): FoundContact[]
