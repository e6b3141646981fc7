import type { FieldName } from '../../shared/domain/vocabulary.ts'
import { birthOf, contactValue, ownWordsOf } from '../candidates/person.ts'
import type { OwnWords } from '../../shared/text/find-own-names.ts'
import type { OpenedRecord } from '../candidates/open-record.ts'
import { decide } from '../policy/decide.ts'
import type { PageRules } from './mask-page.ts'

/** Whether a field is anything but plainly seen. */
const isHidden = ({ request }: OpenedRecord, field: FieldName): boolean => {
  const { state, form } = decide({ ...request, field })
  return state !== 'see' || form !== 'full'
}

/**
 * A platform knows whose contacts it sends. Of a file that was taken in here the name was only read, and without its evidence a
 * platform sends an alias in the name's place.
 */
const guessesName = ({ candidate, person }: OpenedRecord): boolean =>
  candidate.origin === 'local' || (person.contact?.name ?? '') === ''

const aliasSurname = /^(\p{Script=Han}{1,2}?)(?:某+|先生|女士|同学|[*＊]+)$/u

/** Of what looks like a name on the first page, what is looked for everywhere: with the surname of the alias, where there is one. */
const guessedNames = ({ person }: OpenedRecord, guessed: readonly string[]): readonly string[] => {
  const surname = aliasSurname.exec(person.resume.basics.name ?? '')?.[1]
  return surname === undefined ? guessed : guessed.filter((word) => word.startsWith(surname))
}

const ownOf = (record: OpenedRecord, guessed: readonly string[]): OwnWords => {
  const own = ownWordsOf(record.person)
  return guessesName(record) ? { ...own, names: [...own.names, ...guessedNames(record, guessed)] } : own
}

/** `vw`: no contact, none of the person's own words, and nothing of a field that is not seen. */
export const maskedRules = (record: OpenedRecord, guessed: readonly string[]): PageRules => ({
  own: ownOf(record, guessed),
  birth: birthOf(record.person),
  hides: (field) => isHidden(record, field),
  guessesName: guessesName(record),
  shows: () => false,
})

/**
 * `vw+` revealed: an attachment that may be revealed was delivered, and its contacts with it (ZP-29, K13). What opens by other means
 * stays hidden: the second layer, what the first stage hides, identity numbers, and the number of whoever asked not to be called.
 */
export const revealedRules = (record: OpenedRecord): PageRules => {
  const { request, person } = record
  const opens = (field: FieldName): boolean => {
    const { state, form } = decide({ ...request, field })
    return (state === 'see' || state === 'reveal') && form === 'full'
  }
  const hides = (field: FieldName): boolean => request.profile.sealed.has(field) || !opens(field)
  const mute = decide({ ...request, field: 'phone' }).state === 'masked'
  const own = [
    ...(hides('name') ? [contactValue(person, 'name')] : []),
    ...(mute ? [contactValue(person, 'phone')] : []),
  ]
  return {
    own: { names: own.filter((word) => word !== undefined), literal: [] },
    birth: birthOf(person),
    hides,
    guessesName: guessesName(record),
    shows: (kind) => {
      if (kind === 'id_number') return !hides('id_number')
      if (kind === 'phone' || kind === 'landline') return !mute
      // The words that are hidden above are found as names.
      return kind !== 'name'
    },
  }
}
