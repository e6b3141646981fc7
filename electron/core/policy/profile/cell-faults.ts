import { channel } from '../../../shared/domain/vocabulary.ts'
import { permissiveness } from '../permissiveness.ts'
import type { ProfileProblem } from './profile-error.ts'
import type { Cell, Profile } from './profile-schema.ts'
import type { Path, ProfileSource } from './profile-source.ts'

/** Faults of a cell by itself: a form that its state cannot have, a condition without which it shows as much or more. */
export function shapeFaults(source: ProfileSource, path: Path, cell: Cell): ProfileProblem[] {
  const [state, form, , , condition] = cell
  const found: ProfileProblem[] = []
  const fits =
    (form === 'alias') === (state === 'alias') &&
    (form === 'full' || state === 'see' || state === 'alias' || form === 'redacted')
  if (!fits) found.push(source.problem(path, 'form-fits-state', `${state} cannot have the form ${form}`))
  if (condition) {
    if (permissiveness(condition.else[0], condition.else[1]) >= permissiveness(state, form))
      found.push(source.problem(path, 'else-is-stricter', 'without its condition a cell shows less, never as much'))
    found.push(...shapeFaults(source, path, condition.else))
  }
  return found
}

/** What the ids of a platform's own text begin with; undefined for one that has no text, only defaults. */
export const ownPrefix = (profile: Profile): string | undefined =>
  profile.policy.clause.includes('-') ? `${profile.policy.clause.split('-')[0]}-` : undefined

/** A shipped cell rests on the platform's own text, on a reading of it (K), or on a default; never on an enterprise. */
function originFaults(source: ProfileSource, path: Path, cell: Cell, prefix: string | undefined): ProfileProblem[] {
  const [, , origin, clause, condition] = cell
  const found: ProfileProblem[] = []
  if (origin === 'e')
    found.push(source.problem(path, 'source-t-or-d', 'a shipped cell rests on a text or on a default'))
  if (origin === 't' && (prefix === undefined || !(clause.startsWith(prefix) || clause.startsWith('K')))) {
    const own = prefix === undefined ? 'this platform has no text of its own' : `a clause ${prefix}… or a reading K…`
    found.push(source.problem(path, 'text-cites-own-clause', `source t cannot cite ${clause}: ${own}`))
  }
  if (condition) found.push(...originFaults(source, path, condition.else, prefix))
  return found
}

/** Faults of all cells of a shipped profile, each with its line. */
export function cellsFaults(source: ProfileSource, profile: Profile): ProfileProblem[] {
  const found: ProfileProblem[] = []
  const prefix = ownPrefix(profile)
  for (const [field, channels] of Object.entries(profile.cells)) {
    for (const [via, roles] of Object.entries(channels ?? {})) {
      for (const [role, cell] of Object.entries(roles ?? {})) {
        const path = ['cells', field, via, role]
        found.push(...shapeFaults(source, path, cell), ...originFaults(source, path, cell, prefix))
        const shows = cell[0] !== 'absent'
        if (field === 'id_number' && shows && (via !== channel.enum.campus_exam || cell[0] !== 'approval'))
          found.push(source.problem(path, 'D19', 'an ID number is absent except by approval in campus_exam'))
        if (role === 'headhunter' && field === 'save' && shows)
          found.push(source.problem(path, 'ZP-22', 'a headhunter never saves'))
        if (role === 'headhunter' && field === 'phone' && !['absent', 'VN'].includes(cell[0]))
          found.push(source.problem(path, 'K3', 'a headhunter has a virtual number or nothing'))
        if (role === 'headhunter' && (field === 'email' || field === 'wechat') && shows)
          found.push(source.problem(path, 'K3', 'a headhunter has no contact but a virtual number'))
      }
    }
  }
  return found
}
