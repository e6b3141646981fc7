/// <reference types="node" />
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { policyLifts, policyRules } from '../../../../electron/shared/domain/policy-codes.ts'
import { parseWarning, quarantineReason } from '../../../../electron/shared/domain/intake.ts'
import { candidateDetail, destructionState } from '../../../../electron/shared/domain/views.ts'
import {
  changeDirection,
  matrixRole,
  numberView,
  ruleSource,
  updateSource,
} from '../../../../electron/shared/domain/policy-views.ts'
import * as words from '../../../../electron/shared/domain/vocabulary.ts'
import { pathHolding } from '../../../../electron/shared/ipc/routes/system.ts'
import { errorCode } from '../../../../electron/shared/ipc/ipc-error.ts'
import { countWord, destructionWords } from '../../../../electron/shared/retention/destruction-words.ts'
import { i18n } from '../../../../src/i18n/index.ts'
import { enUS } from '../../../../src/i18n/en-US/index.ts'
import { liftText, ruleText } from '../../../../src/i18n/policy-texts.ts'
import { zhCN } from '../../../../src/i18n/zh-CN/index.ts'

type Tree = { readonly [key: string]: string | Tree }
const flatten = (tree: Tree, prefix = ''): ReadonlyArray<readonly [string, string]> =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : flatten(value, `${prefix}${key}.`),
  )
const zh = new Map(flatten(zhCN))
const en = new Map(flatten(enUS))
const source = fileURLToPath(new URL('../../../../src', import.meta.url))
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) => join(source, name))
const vue = files.filter((name) => name.endsWith('.vue'))
const han = /[\u3400-\u9fff]/

describe('the two languages', () => {
  test('have the same keys', () => {
    expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted())
  })
  test('can each be said: an @ or a brace of its own would be taken for grammar', () => {
    const before = i18n.global.locale.value
    for (const [language, texts] of [
      ['zh-CN', zh],
      ['en-US', en],
    ] as const) {
      i18n.global.locale.value = language
      const fails = (key: string): boolean => {
        try {
          i18n.global.t(key, { n: 1 }, 1)
          return false
        } catch {
          return true
        }
      }
      expect([...texts.keys()].filter(fails)).toEqual([])
    }
    i18n.global.locale.value = before
  })
  test('fill the same gaps in each sentence', () => {
    const gaps = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted()
    for (const [key, text] of zh) expect([key, gaps(en.get(key) ?? '')]).toEqual([key, gaps(text)])
  })
  test('say each in its own script, but for names of languages and of the program', () => {
    const own = /^(settings\.(chinese|english)|app\.(name|latin)|app\.palette\.language)$/
    for (const [key, text] of en) if (!own.test(key)) expect([key, han.test(text)]).toEqual([key, false])
  })
  test('say one thing and two things in English wherever something is counted', () => {
    const several =
      /\{(?:n|count|total|days|hours|minutes|people)\} (?!is\b|was\b|has\b)(?:[a-z]+ )?(?:people|[a-z]+[a-rt-z]s)\b/
    for (const [key, text] of en)
      if (!text.includes(' | ')) expect([key, several.exec(text)?.[0]]).toEqual([key, undefined])
    for (const [kind, word] of Object.entries(destructionWords['en-US'].counts)) {
      expect([kind, word]).toEqual([kind, expect.stringMatching(/^\S.* \| \S/)])
      expect(countWord('en-US', kind, 1)).not.toBe(countWord('en-US', kind, 2))
    }
    expect([1, 2].map((n) => countWord('en-US', 'applications', n))).toEqual(['application', 'applications'])
    expect(countWord('zh-CN', 'applications', 1)).toBe('份投递')
  })
  test('keep the tone: no exclamation marks, no 请注意', () => {
    for (const text of [...zh.values(), ...en.values()]) expect(text).not.toMatch(/[!！]|请注意/)
  })
})

describe('words for every code that can arrive', () => {
  test.each(errorCode.options)('%s', (code) => {
    expect(zh.has(`errors.${code}`)).toBe(true)
  })
  const groups: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['platform', words.platform.options],
    ['policy', words.platform.options],
    ['role', words.role.options],
    ['channel', words.channel.options],
    ['stage', words.stage.options],
    ['jobStatus', words.jobStatus.options],
    ['reason', words.reasonCode.options],
    ['action', words.ledgerAction.options],
    ['field', words.fieldName.options],
    ['retention', words.retentionReason.options],
    ['holding', pathHolding.options],
    ['attachment', words.attachmentState.options],
    ['destruction', destructionState.options],
    ['quarantine', quarantineReason.options],
    ['legalBasis', words.legalBasis.options],
    ['wish', candidateDetail.shape.wishes.element.options],
    ['warning', parseWarning.options],
  ]
  test.each(groups)('%s', (group, codes) => {
    expect(codes.filter((code) => !zh.has(`vocab.${group}.${code}`))).toEqual([])
  })
  test('permissions and the words of the rules', () => {
    const wanted = [
      ...words.permissionName.options.flatMap((name) => [
        `settings.permission.${name}.name`,
        `settings.permission.${name}.text`,
      ]),
      ...matrixRole.options.map((name) => `rules.roles.${name}`),
      ...ruleSource.options.flatMap((name) => [
        `rules.source.${name}`,
        `rules.sourceLong.${name}`,
        `app.source.${name}`,
      ]),
      ...numberView.shape.unit.options.map((name) => `rules.unit.${name}`),
      ...changeDirection.options.map((name) => `rules.changes.direction.${name}`),
      ...updateSource.options.map((name) => `rules.changes.by.${name}`),
    ]
    expect(wanted.filter((key) => !zh.has(key))).toEqual([])
  })
  test('every rule and lift of the policy has a sentence in both languages', () => {
    for (const language of ['zh-CN', 'en-US'] as const) {
      expect(policyRules.filter((code) => ruleText(code, language) === code)).toEqual([])
      expect(policyLifts.filter((code) => liftText(code, language) === code)).toEqual([])
    }
  })
})

describe('the components', () => {
  test('hold no sentence of their own', () => {
    for (const file of vue) {
      const text = readFileSync(file, 'utf8')
      const template = (text.match(/<template>[\s\S]*<\/template>/)?.[0] ?? '')
        .replaceAll(/<!--[\s\S]*?-->/g, '')
        .replaceAll(/\{\{[\s\S]*?\}\}/g, '')
      const between = [...template.replaceAll(/"[^"]*"/g, '""').matchAll(/>([^<>]*)</g)].map((match) =>
        match[1]?.trim(),
      )
      const spoken = between.filter((words) => words && /\p{L}{2,}/u.test(words))
      const attributes = [...template.matchAll(/\s(?:aria-label|title|placeholder|alt|label)="([^"]*)"/g)].map(
        (match) => match[1],
      )
      const spokenAttributes = attributes.filter((value) => value !== undefined && value !== 'https://')
      expect([file, spoken, spokenAttributes, han.test(text)]).toEqual([file, [], [], false])
    }
  })
  test('never turn text into markup', () => {
    for (const file of vue) expect([file, /v-html|innerHTML/.test(readFileSync(file, 'utf8'))]).toEqual([file, false])
  })
  test('use only keys that exist', () => {
    const missing = files
      .filter((name) => /\.(vue|ts)$/.test(name) && !name.includes('i18n'))
      .flatMap((name) =>
        [...readFileSync(name, 'utf8').matchAll(/\b(?:t|tn)\(\s*(?:[^()'`]*\?\s*)?'([\w.]+)'/g)].map(
          (match) => match[1] ?? '',
        ),
      )
      .filter((key) => key.includes('.') && !zh.has(key))
    expect(missing).toEqual([])
  })
})
