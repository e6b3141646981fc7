import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { requestKind } from '../../shared/domain/sync-atoms.ts'
import { environment } from '../environment.ts'

type Kind = z.infer<typeof requestKind>

const mailWords = z.array(z.strictObject({ kind: requestKind, subjects: z.array(z.string().max(300)).min(1) }))
let known: ReadonlyArray<{ readonly kind: Kind; readonly subjects: readonly RegExp[] }> | undefined

/** @throws Error that says what is wrong with the file */
const words = (): NonNullable<typeof known> =>
  (known ??= mailWords
    .parse(parse(readFileSync(join(environment.resources, 'requests', 'mail-words.yaml'), 'utf8')))
    .map(({ kind, subjects }) => ({ kind, subjects: subjects.map((text) => new RegExp(text, 'iu')) })))

/** What a mail with this subject asks for about its writer's data; undefined where the subject says nothing of the kind. */
export const kindOfSubject = (subject: string): Kind | undefined => {
  const text = subject.normalize('NFKC').slice(0, 300)
  return words().find(({ subjects }) => subjects.some((pattern) => pattern.test(text)))?.kind
}
