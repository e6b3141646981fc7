import type { Component } from 'vue'
import type { Role } from '@shared/domain/vocabulary.ts'
import AlarmsPanel from './alarms/AlarmsPanel.vue'
import ApprovalsPanel from './approvals/ApprovalsPanel.vue'
import ClosingPanel from './closing/ClosingPanel.vue'
import CrossBorderPanel from './crossborder/CrossBorderPanel.vue'
import DevicesPanel from './devices/DevicesPanel.vue'
import InvitationsPanel from './invitations/InvitationsPanel.vue'
import PeoplePanel from './people/PeoplePanel.vue'

/** A tab of the administration page: its words are `admin.tab.<value>`, its panel is one component without properties. */
export type AdminTab = {
  readonly value: string
  /** Who meets it; the contract refuses everybody else anyway. */
  readonly roles: readonly Role[]
  readonly component: Component
}

/** In the order in which they stand. */
export const adminTabs: readonly AdminTab[] = [
  { value: 'people', roles: ['admin'], component: PeoplePanel },
  { value: 'invitations', roles: ['admin'], component: InvitationsPanel },
  { value: 'devices', roles: ['admin', 'officer'], component: DevicesPanel },
  { value: 'approvals', roles: ['admin', 'officer'], component: ApprovalsPanel },
  { value: 'alarms', roles: ['admin', 'officer'], component: AlarmsPanel },
  { value: 'crossborder', roles: ['admin', 'officer'], component: CrossBorderPanel },
  { value: 'closing', roles: ['admin', 'officer'], component: ClosingPanel },
]

/** Who has at least one tab, and so meets the page. */
export const adminRoles: ReadonlySet<Role> = new Set(adminTabs.flatMap(({ roles }) => roles))
