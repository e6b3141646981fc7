import type { RenewalTask } from '../../shared/domain/pool.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import type { PoolMember } from './pool-rows.ts'

const day = 86_400_000

/** Numbers of a profile for pools; the later word first (`remind_days` is in no order that a profile would owe). */
export const poolTerms = ({ document }: CompiledProfile) => {
  const { days, remind_days: remind } = document.retention.talent_pool
  const sorted = remind.map(({ value }) => value).sort((a, b) => b - a)
  return {
    days: days.value,
    clause: days.clause,
    remindDays: sorted,
    first: sorted.at(0) ?? 0,
    last: sorted.at(-1) ?? 0,
  }
}

type Asked = Pick<PoolMember, 'until' | 'asked_first_at' | 'asked_last_at'>

/** Which word is owed to a member now, if any: a word that was missed is not owed once the next one is. */
export const renewalTaskOf = (member: Asked, terms: ReturnType<typeof poolTerms>, now: number): RenewalTask | null => {
  const left = member.until - now
  if (left <= 0) return null
  if (left <= terms.last * day) return member.asked_last_at === null ? 'last' : null
  if (left <= terms.first * day) return member.asked_first_at === null ? 'first' : null
  return null
}
