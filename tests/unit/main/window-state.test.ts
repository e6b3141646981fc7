import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeWords } from '../../../electron/main/desktop/notice-words.ts'
import { trayPixels } from '../../../electron/main/desktop/tray-icon.ts'
import {
  fitBox,
  readWindowState,
  windowStatePath,
  writeWindowState,
} from '../../../electron/main/windows/window-state.ts'

let home: string
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'candor-window-'))))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 0, width: 2560, height: 1400 }

describe('how the window was left', () => {
  it('is kept in one small file that says nothing of anybody', () => {
    const path = windowStatePath(home)
    const state = { box: { x: 5, y: 6, width: 1200, height: 800 }, maximised: true, zoom: 1, saidTray: false }
    writeWindowState(path, state)
    expect(readWindowState(path)).toEqual(state)
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toEqual([
      'box',
      'maximised',
      'zoom',
      'saidTray',
    ])
  })

  it.each(['', '{', 'null', '[]', '7', '{"box":{"x":"a"},"zoom":1e99,"maximised":"yes"}'])(
    'is the usual one after %j',
    (text) => {
      const path = windowStatePath(home)
      writeFileSync(path, text)
      const { box, maximised, zoom } = readWindowState(path)
      expect([box, maximised]).toEqual([undefined, false])
      expect(zoom).toBeLessThanOrEqual(5)
    },
  )

  it('comes back to the screen it was on, and not to one that is gone', () => {
    const box = { x: 2000, y: 100, width: 1400, height: 900 }
    expect(fitBox(box, [left, right])).toEqual(box)
    expect(fitBox(box, [left])).toBeUndefined()
    expect(fitBox(undefined, [left])).toBeUndefined()
    expect(fitBox({ ...box, x: 1000 }, [left])).toEqual({ x: 520, y: 100, width: 1400, height: 900 })
  })

  it('lies within one screen altogether, whatever was kept', () => {
    const number = fc.integer({ min: -6000, max: 6000 })
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 9000 }),
        (x, y, width, height) => {
          const fitted = fitBox({ x, y, width, height }, [left, right])
          if (fitted === undefined) return
          const inside = [left, right].some(
            (screen) =>
              fitted.x >= screen.x &&
              fitted.y >= screen.y &&
              fitted.x + fitted.width <= screen.x + screen.width &&
              fitted.y + fitted.height <= screen.y + screen.height,
          )
          expect(inside).toBe(true)
        },
      ),
    )
  })
})

describe('[ZP-51] a notification', () => {
  it('is made of counts, job titles and times', () => {
    const at = Date.UTC(2026, 10, 26, 6, 30)
    expect(noticeWords({ kind: 'interview_soon', job_title: '产品经理', starts_at: at }, 'zh-CN')).toEqual({
      title: '14:30 有面试',
      body: '产品经理',
      section: 'interviews',
    })
    const jobs = [
      { title: '产品经理', count: 2 },
      { title: '门店店长', count: 1 },
    ]
    expect(noticeWords({ kind: 'new_applications', count: 3, jobs }, 'en-US')).toEqual({
      title: '3 new applications',
      body: '产品经理 2 · 门店店长 1',
      section: 'candidates',
    })
    expect(noticeWords({ kind: 'destruction_soon', count: 2 }, 'zh-CN').title).toBe('2 份简历将在 24 小时内销毁')
    expect(noticeWords({ kind: 'mention', count: 1, jobs: [] }, 'zh-CN').title).toBe('同事提到您 1 次')
  })
})

describe('the mark in the tray', () => {
  it('is green in the middle and clear at the corners', () => {
    const pixels = trayPixels(32)
    expect(pixels).toHaveLength(32 * 32 * 4)
    expect(pixels[3]).toBe(0)
    const middle = (16 * 32 + 16) * 4
    expect([...pixels.subarray(middle, middle + 4)]).toEqual([0x5c, 0x6b, 0x0f, 255])
  })
})
