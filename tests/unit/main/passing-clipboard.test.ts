import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPassingClipboard } from '../../../electron/main/security/passing-clipboard.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const fakeSystem = () => {
  const system = {
    text: '',
    readText: async () => system.text,
    writeText: async (text: string) => void (system.text = text),
    clear: () => void (system.text = ''),
  }
  return system
}

describe('[D20] [ZP-52] a copied contact leaves the clipboard', () => {
  it('after 30 seconds, and not before', async () => {
    const system = fakeSystem()
    await createPassingClipboard(system).copy('13800000000')
    await vi.advanceTimersByTimeAsync(29_000)
    expect(system.text).toBe('13800000000')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(system.text).toBe('')
  })

  it('30 seconds after the last copy', async () => {
    const system = fakeSystem()
    const passing = createPassingClipboard(system)
    await passing.copy('a')
    await vi.advanceTimersByTimeAsync(20_000)
    await passing.copy('b')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(system.text).toBe('b')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(system.text).toBe('')
  })

  it('at once when the vault is locked', async () => {
    const system = fakeSystem()
    const passing = createPassingClipboard(system)
    await passing.copy('a')
    await passing.clear()
    expect(system.text).toBe('')
  })

  it('but what another program put there since stays', async () => {
    const system = fakeSystem()
    await createPassingClipboard(system).copy('a')
    system.text = 'of somebody else'
    await vi.advanceTimersByTimeAsync(60_000)
    expect(system.text).toBe('of somebody else')
  })
})
