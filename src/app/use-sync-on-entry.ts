import { useRouter } from 'vue-router'
import { call } from '../ipc/api.ts'
import { useSession } from '../stores/session.ts'

/**
 * Whoever has just come in gets what is new without asking: in the background, or, when there is nothing here yet, on the
 * sync page with its progress. Failures are told there and in the top bar.
 */
export const useSyncOnEntry = (): void => {
  const session = useSession()
  const router = useRouter()
  const account = session.state?.account
  if (!account || account.local) return
  void (async () => {
    const status = await call('sync.status', {})
    if (status.last_success_at === undefined) await router.replace({ name: 'sync' })
    await call('sync.start', {})
    // An account that may not sync is told so where it looks for it.
  })().catch(() => undefined)
}
