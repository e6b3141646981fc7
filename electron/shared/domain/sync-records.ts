/**
 * Every record and body of the Candor Sync Protocol (`docs/sync-protocol.md`). Unknown fields are dropped, never fatal; an
 * unknown `type` or enum value fails its own record only, which the receiver stores aside and reports.
 */
export * from './sync-atoms.ts'
export * from './sync-changes.ts'
export * from './sync-sign-in.ts'
export * from './sync-factors.ts'
export * from './sync-push.ts'
export * from './sync-admin.ts'
export * from './sync-accounts.ts'
export * from './sync-approvals.ts'
export * from './sync-sharing.ts'
export * from './sync-alarms.ts'
export * from './sync-looks.ts'
