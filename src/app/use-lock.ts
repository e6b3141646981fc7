import { call } from '../ipc/api.ts'
import { useAction } from '../ipc/use-action.ts'
import { useSession } from '../stores/session.ts'

/** Locks: main ends core and loads the window anew; asking again covers the moment before that. */
export const useLock = () => {
  const session = useSession()
  return useAction(async () => {
    await call('vault.lock', {})
    await session.refresh()
  })
}
