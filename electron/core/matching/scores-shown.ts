import type { RegisteredAccount } from '../accounts/account-registry.ts'

/** Whether the account lets lists be ordered and people be marked by a score at all; on until it says otherwise (ZP-88, ZP-50). */
export const scoresShown = (account: Pick<RegisteredAccount, 'scores'> | undefined): boolean => account?.scores ?? true
