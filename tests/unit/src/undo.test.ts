// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../../../src/ipc/api.ts'
import { useToasts } from '../../../src/stores/toasts.ts'
import { useUndo } from '../../../src/stores/undo.ts'

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

describe('undo', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('takes back the newest first, one after the other, however fast the keys are', async () => {
    const undo = useUndo()
    const order: string[] = []
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    undo.push({ label: '一', undo: async () => order.push('一') })
    undo.push({ label: '二', undo: () => held.then(() => order.push('二')) })
    expect([undo.undoLast(), undo.undoLast(), undo.undoLast()]).toEqual([true, true, false])
    await settled()
    expect(order).toEqual([])
    release()
    await settled()
    expect(order).toEqual(['二', '一'])
    expect(undo.taken.size).toBe(2)
  })
  it('takes a batch back as one, with its own words', async () => {
    const undo = useUndo()
    const back = vi.fn(async () => '已撤销，12 人恢复原阶段')
    undo.push({ label: '已将 12 人移到「面试」', undo: back })
    undo.undoLast()
    await settled()
    expect(back).toHaveBeenCalledOnce()
    expect(useToasts().items.map(({ text }) => text)).toEqual(['已撤销，12 人恢复原阶段'])
    expect(undo.undoLast()).toBe(false)
  })
  it('takes nothing back twice, by the button and by the key', async () => {
    const undo = useUndo()
    const back = vi.fn(async () => undefined)
    undo.push({ label: '一', undo: back })
    useToasts().items[0]?.undo?.()
    expect(undo.undoLast()).toBe(false)
    await settled()
    expect(back).toHaveBeenCalledOnce()
  })
  it('keeps what failed for a passing reason, in its place', async () => {
    const undo = useUndo()
    const back = vi.fn(async () => undefined)
    back.mockRejectedValueOnce(new ApiError('E_DISK', 'full'))
    undo.push({ label: '旧', undo: async () => undefined })
    undo.push({ label: '新', undo: back })
    undo.undoLast()
    undo.push({ label: '更新', undo: async () => undefined })
    await settled()
    expect([undo.last, undo.taken.size]).toEqual(['更新', 0])
    undo.undoLast()
    await settled()
    expect(undo.last).toBe('新')
    undo.undoLast()
    await settled()
    expect([undo.last, back.mock.calls.length]).toEqual(['旧', 2])
  })
  it.each(['E_NOT_FOUND', 'E_LOCKED', 'E_CONFLICT'] as const)('does not come back after %s', async (code) => {
    const undo = useUndo()
    undo.push({ label: '一', undo: () => Promise.reject(new ApiError(code, 'gone')) })
    undo.undoLast()
    await settled()
    expect([undo.last, undo.undoLast()]).toEqual([undefined, false])
    expect(useToasts().items).toHaveLength(1)
  })
  it('goes with a lock, even while it is under way', async () => {
    const undo = useUndo()
    let fail = (_: Error): void => undefined
    undo.push({ label: '一', undo: () => new Promise((_, reject) => (fail = reject)) })
    undo.undoLast()
    await settled()
    undo.clear()
    fail(new ApiError('E_DISK', 'full'))
    await settled()
    expect(undo.last).toBeUndefined()
  })
})
