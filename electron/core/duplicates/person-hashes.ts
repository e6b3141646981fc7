import { createHmac, type KeyObject } from 'node:crypto'
import type { FieldName } from '../../shared/domain/vocabulary.ts'
import type { SameKind } from '../../shared/domain/match-views.ts'
import { birthOf, contactValue, type Person } from '../candidates/person.ts'
import { decideFields } from '../candidates/policy-request.ts'
import type { PolicyRequest } from '../policy/policy-request.ts'

/** Kinds that are compared by their values. Numbers of identity are not: they lie in a layer that looking does not open (ZP-05). */
export type ComparedKind = Exclude<SameKind, 'stated'>
export const comparedKinds = ['phone', 'email', 'wechat', 'name_birth'] as const satisfies readonly ComparedKind[]

export type PersonHash = { readonly kind: ComparedKind; readonly hash: Uint8Array }

const restsOn: Readonly<Record<ComparedKind, readonly FieldName[]>> = {
  phone: ['phone'],
  email: ['email'],
  wechat: ['wechat'],
  name_birth: ['name', 'birth_date'],
}

/**
 * The kinds whose whole value this viewer may see or reveal here. Only these are compared: that a masked number equals one
 * that may be revealed would tell the masked one.
 */
export const openKinds = (request: PolicyRequest): ComparedKind[] => {
  const decisions = decideFields(request, ['phone', 'email', 'wechat', 'name', 'birth_date'])
  const isOpen = (field: FieldName): boolean => {
    const { state, form } = decisions[field as keyof typeof decisions]
    return form === 'full' && (state === 'see' || state === 'reveal')
  }
  return comparedKinds.filter((kind) => restsOn[kind].every(isOpen))
}

const fold = (text: string | undefined): string => (text ?? '').normalize('NFKC').replace(/\s+/gu, '').toLowerCase()

const phoneKey = (text: string | undefined): string => {
  const digits = fold(text)
    .replace(/\D+/g, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/, '')
  return digits.length >= 7 ? digits : ''
}

/** The value as it is compared; empty where there is none that tells one person from another. */
const keyOf = (kind: ComparedKind, person: Person): string => {
  switch (kind) {
    case 'phone':
      return phoneKey(contactValue(person, 'phone'))
    case 'email': {
      const email = fold(contactValue(person, 'email'))
      return email.includes('@') ? email : ''
    }
    case 'wechat':
      return fold(contactValue(person, 'wechat'))
    case 'name_birth': {
      const [name, birth] = [fold(contactValue(person, 'name')), (birthOf(person) ?? '').slice(0, 7)]
      return [...name].length >= 2 && /^\d{4}-\d{2}$/.test(birth) && !/某|先生|女士|\*/u.test(name)
        ? `${name}/${birth}`
        : ''
    }
  }
}

const hashOf = (kind: ComparedKind, key: string, searchKey: KeyObject): Uint8Array =>
  createHmac('sha256', searchKey).update(`duplicate/${kind}\0${key}`).digest().subarray(0, 16)

/** The hash by which a contact that somebody gave is looked for; undefined where it is none. */
export const contactHash = (
  kind: 'phone' | 'email',
  value: string | undefined,
  searchKey: KeyObject,
): Uint8Array | undefined => {
  const key = kind === 'phone' ? phoneKey(value) : fold(value)
  return key === '' || (kind === 'email' && !key.includes('@')) ? undefined : hashOf(kind, key, searchKey)
}

/** Keyed hashes of what may be compared; whoever has the index without the home's key learns nothing from them. */
export const personHashes = (request: PolicyRequest, person: Person, searchKey: KeyObject): PersonHash[] =>
  openKinds(request).flatMap((kind) => {
    const key = keyOf(kind, person)
    if (key === '') return []
    return [{ kind, hash: hashOf(kind, key, searchKey) }]
  })
