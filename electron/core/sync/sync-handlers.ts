import { defineHandlers, type ReaderCall } from '../handler.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { platform as platformName } from '../../shared/domain/vocabulary.ts'
import { getBan } from './sync-state.ts'

/** Where to appeal is said by the platform's profile; a hub's own words never reach a window. */
const bannedOf = (call: ReaderCall) => {
  const ban = getBan(call.store)
  if (ban === null) return {}
  const named = platformName.safeParse(ban.platform)
  const { complaint } = requireProfile(call.core.profiles, named.success ? named.data : 'direct').document.requests
  return { banned: { ...ban, appeal: { zh: complaint.zh, en: complaint.en } } }
}

export const syncHandlers = defineHandlers({
  'sync.start': { read: ({ account }, { resume }) => ({ started: account.sync.start(resume) }) },
  'sync.cancel': {
    read: ({ account }) => {
      account.sync.cancel()
      return {}
    },
  },
  'sync.status': { read: (call) => ({ ...call.account.sync.status(), ...bannedOf(call) }) },
})
