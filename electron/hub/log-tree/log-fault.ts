import type { LogFaultKind } from '../../shared/domain/log-health.ts'
import type { LogBody } from '../../shared/domain/sync-records.ts'
import { HubProblem } from '../hub-problem.ts'

/** A push that does not continue the log held here, with what tells the causes apart. */
export class LogConflict extends HubProblem {
  readonly kind: LogFaultKind
  readonly held: number
  readonly claimed: number

  constructor(held: number, body: LogBody, message: string) {
    super(409, 'log_conflict', message)
    this.held = held
    this.claimed = body.from + body.entries.length
    this.kind = kindOf(held, body)
  }
}

/**
 * A device says where its entries begin. Before the held end: it has forgotten entries that it pushed, and goes on without them;
 * so does an older copy of its folder. Behind it: the hub itself lost something. At it, with another root: what was pushed
 * is no longer what stands there.
 */
const kindOf = (held: number, body: LogBody): LogFaultKind => {
  if (body.from < held) return 'put_back'
  return body.from > held ? 'hub_behind' : 'rewritten'
}
