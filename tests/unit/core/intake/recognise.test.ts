import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isVouchedFor } from '../../../../electron/core/intake/authentication.ts'
import { loadIntakeRules, ownIntakeRules } from '../../../../electron/core/intake/intake-rules.ts'
import { subjectFrame } from '../../../../electron/core/intake/marks.ts'
import { recognise } from '../../../../electron/core/intake/recognise.ts'
import type { Arrival } from '../../../../electron/core/intake/arrival.ts'
import { platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { parsedFile } from '../../../helpers/core-home.ts'

const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  name: 'mail.eml',
  bytes: new Uint8Array(),
  way: 'mail',
  source: 'email',
  mail: { mailbox: 'm', authority: 'mx.example.org' },
  ...more,
})
const passed = { name: 'authentication-results', value: 'mx.example.org; dkim=pass header.d=zhaopin.com; spf=pass' }
const mail = (from: string, subject: string, headers = [passed]) => ({
  ...parsedFile({ name: '某某' }),
  mail: { from, subject, body: '', headers },
})
const seen = (from: string, subject: string, headers = [passed], more: Partial<Arrival> = {}) =>
  recognise(ownIntakeRules(), arrival(more), mail(from, subject, headers))

describe('the rules of resources/intake', () => {
  it('read well, one file for each platform that is not our own', () => {
    expect(ownIntakeRules().map((rule) => rule.platform)).toEqual(
      platform.options.filter((name) => name !== 'direct').toSorted(),
    )
  })

  it.each([
    ['platform: zhaopin\nsenders: []\nsubjects: ["("]\n', /not a regular expression/],
    ['platform: zhaopin\nsenders: []\nsubjects: []\nmore: 1\n', /more/],
    ['platform: lagou\nsenders: []\nsubjects: []\n', /another platform/],
    ['platform: zhaopin\nsenders: ["zhaopin"]\nsubjects: []\n', /senders/],
  ])('are refused where they are wrong: %j', (text, message) => {
    const dir = mkdtempSync(join(tmpdir(), 'candor-rules-'))
    writeFileSync(join(dir, 'zhaopin.yaml'), text)
    expect(() => loadIntakeRules(dir)).toThrow(message)
    rmSync(dir, { recursive: true })
  })
})

describe('a mail', () => {
  it.each([
    ['(Zhaopin.com) 应聘 [SCZ010]产品经理助理-深圳-某某', 'zhaopin', '产品经理助理', 'SCZ010'],
    ['Fw:(Zhaopin.com) 应聘 行政实习生-成都-某女士', 'zhaopin', '行政实习生', undefined],
    [
      '转发：(Zhaopin.com) 应聘 Production Manager 生产经理-扬州-某某',
      'zhaopin',
      'Production Manager 生产经理',
      undefined,
    ],
    ['Web前端实习生(成都)-某先生- 智联求职者', 'zhaopin', 'Web前端实习生', undefined],
    ['来自拉勾网的简历：后端工程师-某某', 'lagou', '后端工程师', undefined],
    ['【脉脉】某某投递了「算法工程师」', 'maimai', '算法工程师', undefined],
    ['[万州人才网]某某应聘会计职位', 'wanzhou', '会计', undefined],
  ])('with the subject %j is of %s, for %s', (subject, name, job, jobNo) => {
    const { from, named } = seen('someone@example.com', subject)
    expect(from).toMatchObject({ platform: name, confidence: 'claimed', evidence: ['subject'] })
    expect(named).toEqual({ job, jobNo })
  })

  it('of a sender of the platform is proved by the receiving server alone', () => {
    const subject = '(Zhaopin.com) 应聘 会计-上海-某某'
    expect(seen('a@mail.zhaopin.com', subject).from).toEqual({
      platform: 'zhaopin',
      confidence: 'proved',
      evidence: ['sender', 'subject'],
      delivery: undefined,
    })
    for (const from of ['a@zhaopin.com.evil.example', 'a@notzhaopin.com', 'a@zhaopin.com@evil.example']) {
      expect(seen(from, subject).from?.confidence).toBe('claimed')
      expect(seen(from, subject).from?.evidence).toEqual(['subject'])
    }
    // Without a name that the server signs with, nothing in a mail proves anything: a file on a disk has none.
    const own = { mail: { mailbox: 'm' } }
    expect(seen('a@zhaopin.com', subject, [passed], own).from?.confidence).toBe('claimed')
  })

  it('that only writes of a platform in its text is not of it', () => {
    const text = '智联招聘 应聘职位 简历更新时间'
    const parsed = { ...mail('a@example.com', '你好'), text }
    expect(recognise(ownIntakeRules(), arrival(), parsed).from).toBeUndefined()
    expect(
      recognise(ownIntakeRules(), arrival({ way: 'file', mail: undefined }), { ...parsedFile({}), text }).from,
    ).toMatchObject({ platform: 'zhaopin', confidence: 'claimed', evidence: ['text'] })
  })
})

describe('a downloaded file', () => {
  it('is told by its name, with the number of the delivery', () => {
    const found = recognise(
      ownIntakeRules(),
      arrival({ way: 'file', name: '智联招聘_某某_实习生_中文_20260604_23263415.doc', mail: undefined }),
      parsedFile({}),
    )
    expect(found).toEqual({
      from: { platform: 'zhaopin', confidence: 'claimed', evidence: ['file_name'], delivery: '23263415' },
      named: { job: '实习生', jobNo: undefined },
    })
  })
})

describe('what a receiving server wrote', () => {
  const results = (value: string) => [{ name: 'authentication-results', value }]
  it.each([
    ['mx.example.org; dkim=pass header.d=zhaopin.com', true],
    ['mx.example.org 1; dkim=pass (2048-bit key) header.i=@zhaopin.com', true],
    ['mx.example.org; dmarc=pass header.from=mail.zhaopin.com', true],
    ['mx.example.org; dkim=fail header.d=zhaopin.com', false],
    ['mx.example.org; dkim=pass header.d=evil.example', false],
    ['mx.example.org; dkim=pass header.d=in.com', false],
    // The envelope is not what a person sees.
    ['mx.example.org; spf=pass smtp.mailfrom=zhaopin.com', false],
    ['evil.example; dkim=pass header.d=zhaopin.com', false],
    ['mx.example.org; none (dkim=pass header.d=zhaopin.com)', false],
    ['mx.example.org; dkim=pass', false],
  ])('%j: %s', (value, good) => {
    expect(isVouchedFor(results(value), 'mx.example.org', 'mail.zhaopin.com')).toBe(good)
  })

  it('counts only on top: a field below may be the sender’s', () => {
    const forged = results('mx.example.org; dkim=pass header.d=zhaopin.com')
    expect(isVouchedFor([...results('mx.example.org; dkim=none'), ...forged], 'mx.example.org', 'zhaopin.com')).toBe(
      false,
    )
    expect(isVouchedFor(forged, undefined, 'zhaopin.com')).toBe(false)
  })
})

describe('the frame of a subject', () => {
  it('keeps brackets and what stands before a colon, and no name', () => {
    expect(subjectFrame('【某平台】张三应聘会计（3年）')).toBe('【某平台】 (0年)')
    expect(subjectFrame('简历投递: 张三')).toBe('简历投递:')
    expect(subjectFrame('张三 13800138000')).toBe('')
  })
})
