import { profileBegin } from '../shared/domain/profile-begin.ts'
import { profileData } from '../shared/domain/sync-changes.ts'
import type { Platform } from '../shared/domain/vocabulary.ts'
import type { HubQueries } from './db/schema.ts'

/** A stricter profile that this hub sends to the workstations of one employer. */
type Tightening = { readonly platform: Platform; readonly begin: number; readonly document: unknown }

/** All of one employer's, in the order of their days. Own intake is nobody's platform and cannot be tightened from outside. */
export const listEmployerTightenings = async (db: HubQueries, employerId: string): Promise<Tightening[]> => {
  const rows = await db
    .selectFrom('record')
    .select('data')
    .where('employer_id', '=', employerId)
    .where('type', '=', 'profile')
    .where('deleted', '=', false)
    .execute()
  return rows
    .flatMap(({ data }): Tightening[] => {
      const { data: known } = profileData.safeParse(data)
      if (known === undefined || known.platform === 'direct') return []
      return [{ platform: known.platform, begin: profileBegin(known.effective_from), document: known.document }]
    })
    .toSorted((left, right) => left.begin - right.begin)
}

/** Documents of every profile in force, whichever platform it is for. */
export const documentsInForce = (tightenings: readonly Tightening[], now: number): readonly unknown[] =>
  tightenings.filter((one) => one.begin <= now).map((one) => one.document)

/** Documents of the profiles in force for a platform; for a record that names none, what every platform's rules are built on. */
export const documentsFor = (
  tightenings: readonly Tightening[],
  platform: Platform | undefined,
  now: number,
): readonly unknown[] =>
  documentsInForce(
    tightenings.filter((one) => one.platform === platform),
    now,
  )

export const listTightenings = async (
  db: HubQueries,
  employerId: string,
  platform: Platform | undefined,
  now: number,
): Promise<readonly unknown[]> => documentsFor(await listEmployerTightenings(db, employerId), platform, now)
