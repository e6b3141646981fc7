import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { match } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { acceleratorOf, keysLabel, shortcuts } from '../../../../electron/shared/desktop/shortcuts.ts'
import { matchRank } from '../../../../src/app/match-command.ts'
import { desktop as en } from '../../../../src/i18n/en-US/desktop.ts'
import { desktop as zh } from '../../../../src/i18n/zh-CN/desktop.ts'

const pinyin = (text: string, typed: string) => match(text, typed, { continuous: true })

describe('the table of shortcuts', () => {
  it('names every key of a page once, with words in both languages', () => {
    const groups = Map.groupBy(
      shortcuts.flatMap((one) => one.keys.map((key) => ({ key, group: one.group }))),
      ({ group }) => group,
    )
    const everywhere = (groups.get('program') ?? []).map(({ key }) => key)
    for (const [group, keys] of groups) {
      const heard = [...keys.map(({ key }) => key), ...(group === 'program' ? [] : everywhere)]
      expect([group, heard.length]).toEqual([group, new Set(heard).size])
    }
    // A person is opened from the list, and both hear the keyboard then.
    const both = ['list', 'person'].flatMap((group) => groups.get(group as 'list') ?? []).map(({ key }) => key)
    expect(both.length).toBe(new Set(both).size)
    expect(Object.keys(zh.key)).toEqual(expect.arrayContaining(shortcuts.map(({ id }) => id)))
    expect(Object.keys(zh.key)).toEqual(Object.keys(en.key))
  })

  it('is read by people and by Electron', () => {
    expect(keysLabel(['mod+k'], false)).toBe('Ctrl K')
    expect(keysLabel(['mod+k'], true)).toBe('⌘ K')
    expect(keysLabel(['j', 'ArrowDown'], false)).toBe('J · ↓')
    expect(keysLabel(['1', '2', '3', '4'], false)).toBe('1 – 4')
    expect(acceleratorOf('lock')).toBe('CmdOrCtrl+L')
    expect(acceleratorOf('advance')).toBe('A')
  })

  it('holds the keys of every page', () => {
    const root = join(import.meta.dirname, '../../../../src')
    const known = new Set<string>(shortcuts.flatMap((one) => [...one.keys]))
    const used = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.vue'))
      .flatMap((name) => {
        const [, ...blocks] = readFileSync(join(root, name), 'utf8').split('useShortcuts({\n')
        return blocks.flatMap((block) => {
          const body = block.slice(0, block.indexOf('\n})'))
          return [...body.matchAll(/^ {2}'?([^':\s]+| )'?: /gmu)].map(([, key]) => [name, key ?? ''] as const)
        })
      })
    expect(used.length).toBeGreaterThan(20)
    expect(used.filter(([, key]) => !known.has(key))).toEqual([])
  })
})

describe('a command', () => {
  it.each([
    ['前往 候选人', 'houxuanren', 2],
    ['前往 候选人', 'hxr', 2],
    ['前往 候选人', '候选', 1],
    ['前往 候选人', '前往', 0],
    ['Go to Candidates', 'cand', 1],
    ['立即同步', 'ljtb', 2],
  ])('%s is meant by %s', (text, typed, rank) => {
    expect(matchRank(text, typed, pinyin)).toBe(rank)
  })

  it.each([
    ['前往 候选人', 'zzz'],
    ['Go to Candidates', 'hxr'],
    ['前往 候选人', '职位'],
  ])('%s is not meant by %s', (text, typed) => {
    expect(matchRank(text, typed, pinyin)).toBeUndefined()
  })
})
