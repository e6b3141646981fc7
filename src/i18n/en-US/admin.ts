/** The enterprise's administration. A tab's words stand in `tab`; an area with more than that has a file of its own. */
export const admin = {
  title: 'Administration',
  tab: { people: 'People', crossborder: 'Abroad', closing: 'Closing' },
  reach: {
    local: 'A local workspace has no sub-accounts',
    localHint: 'Connect to the enterprise’s server to manage people, invitations and devices here.',
    not_offered: 'This platform offers no administration here',
    not_offeredHint: 'Manage people, invitations and devices in the platform’s own console.',
  },
  people: {
    lead: 'One person, one account; rights as needed, and revocable at any time.',
    own: 'You',
    of: 'of {agency}',
    verified: 'Verified',
    never: 'No device yet',
    devices: '{n} device | {n} devices',
    sessions: '{n} session | {n} sessions',
    empty: 'No people yet',
    emptyHint: 'Colleagues appear here once they accepted an invitation.',
    missing: { real_name: 'No real name', employment: 'Employment unchecked' },
    status: { active: 'Active', restricted: 'Restricted', suspended: 'Suspended', revoked: 'Revoked' },
    column: { name: 'Name', role: 'Role', status: 'Status', verified: 'Verified', open: 'Open', seen: 'Last seen' },
  },
}
