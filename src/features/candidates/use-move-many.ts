import type { ApplicationId } from '@shared/domain/ids.ts'
import type { RejectReason, Stage } from '@shared/domain/vocabulary.ts'
import { ruleText } from '../../i18n/policy-texts.ts'
import { useText } from '../../i18n/use-text.ts'
import { call } from '../../ipc/api.ts'
import { useToasts } from '../../stores/toasts.ts'
import { useUndo } from '../../stores/undo.ts'

export type ManyStage = Exclude<Stage, 'hired'>

/** Moves many at once, says how many it were and whom it left out, and keeps the way back. */
export const useMoveMany = () => {
  const undo = useUndo()
  const toasts = useToasts()
  const { t, tn, code, language } = useText()
  return async (
    ids: readonly ApplicationId[],
    stage: ManyStage,
    reason?: RejectReason,
    undone: () => void = () => undefined,
  ): Promise<number> => {
    const { batch, moved, skipped } = await call('application.move', {
      ids: [...ids],
      stage,
      ...(reason === undefined ? {} : { reason }),
    })
    // Whom a rule kept back is said with the rule; the others are locked or gone.
    const rules = new Set(skipped.flatMap(({ rule }) => (rule === undefined ? [] : [rule])))
    const refused = [...rules].map((rule) =>
      tn('review.refused', skipped.filter((one) => one.rule === rule).length, { rule: ruleText(rule, language.value) }),
    )
    const gone = skipped.filter(({ rule }) => rule === undefined).length
    const left = [...refused, ...(gone > 0 ? [tn('review.skipped', gone)] : [])].map((words) => ` · ${words}`).join('')
    if (moved === 0) {
      toasts.show(t('review.nobodyMoved') + left)
      return 0
    }
    undo.push({
      label: tn('review.movedMany', moved, { stage: code('stage', stage) }) + left,
      undo: async () => {
        const { restored, kept } = await call('application.undo_move', { batch })
        if (restored > 0) undone()
        return tn('review.restored', restored) + (kept > 0 ? ` · ${tn('review.kept', kept)}` : '')
      },
    })
    return moved
  }
}
