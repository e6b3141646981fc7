import { watch } from 'vue'
import { useQuery } from '../../ipc/use-query.ts'
import { useSession } from '../../stores/session.ts'

/**
 * What changed in the rules since the person agreed, or with `all` ever; asked again whenever core says that its state changed
 * (a rule came into force, was answered).
 */
export const usePolicyUpdates = (input: { readonly all?: boolean } = {}) => {
  const session = useSession()
  const query = useQuery('policy.updates', () => input)
  watch(
    () => session.state,
    () => void query.reload(),
  )
  return query
}
