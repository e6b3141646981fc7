import { role, type Role } from '@shared/domain/vocabulary.ts'
import type { IconName } from '../components/AppIcon.vue'
import { adminRoles } from '../features/admin/admin-tabs.ts'

export type SectionName =
  | 'jobs'
  | 'candidates'
  | 'board'
  | 'interviews'
  | 'messages'
  | 'pool'
  | 'bulletin'
  | 'reports'
  | 'sync'
  | 'retention'
  | 'ledger'
  | 'requests'
  | 'officer'
  | 'admin'
  | 'rules'
  | 'settings'
export type Section = {
  readonly name: SectionName & IconName
  readonly group: 'work' | 'duties'
  /** Who meets it; those whom the contract refuses do not get a dead link. */
  readonly hiddenFrom: readonly Role[]
  /** A restricted account meets it by the role that it had (ZP-37). */
  readonly evenRestricted?: true
  /** Where the promised test id is not the section's name. */
  readonly testid?: string
}

const sections: readonly Section[] = [
  { name: 'jobs', group: 'work', hiddenFrom: [] },
  { name: 'candidates', group: 'work', hiddenFrom: ['visitor', 'unverified'] },
  { name: 'board', group: 'work', hiddenFrom: ['interviewer', 'visitor', 'unverified'], testid: 'nav-pipeline' },
  { name: 'interviews', group: 'work', hiddenFrom: ['interviewer', 'headhunter', 'visitor', 'unverified'] },
  { name: 'messages', group: 'work', hiddenFrom: ['interviewer', 'visitor', 'unverified', 'admin', 'officer'] },
  {
    name: 'pool',
    group: 'work',
    hiddenFrom: ['interviewer', 'visitor', 'unverified', 'admin', 'officer', 'headhunter'],
  },
  { name: 'bulletin', group: 'work', hiddenFrom: [] },
  { name: 'reports', group: 'work', hiddenFrom: ['interviewer', 'headhunter', 'visitor', 'unverified'] },
  { name: 'sync', group: 'duties', hiddenFrom: [] },
  { name: 'retention', group: 'duties', hiddenFrom: ['interviewer', 'visitor', 'unverified'] },
  { name: 'ledger', group: 'duties', hiddenFrom: [] },
  {
    name: 'requests',
    group: 'duties',
    hiddenFrom: ['interviewer', 'headhunter', 'visitor', 'unverified'],
    evenRestricted: true,
  },
  { name: 'officer', group: 'duties', hiddenFrom: ['headhunter', 'interviewer', 'visitor', 'unverified'] },
  { name: 'admin', group: 'duties', hiddenFrom: role.options.filter((one) => !adminRoles.has(one)) },
  { name: 'rules', group: 'duties', hiddenFrom: [] },
  { name: 'settings', group: 'duties', hiddenFrom: [] },
]

/** The sections of this release that a role may use. `duties`: the role whose duties a restricted account keeps. */
export const sectionsFor = (role: Role | undefined, duties?: Role): readonly Section[] =>
  sections.filter(
    ({ hiddenFrom, evenRestricted }) =>
      role === undefined ||
      !hiddenFrom.includes(role) ||
      (evenRestricted === true && duties !== undefined && !hiddenFrom.includes(duties)),
  )
