import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { chooseSpawn, findNode, isRuntimeRecent } from '../../../electron/main/core-host/choose-spawn.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-choose-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const put = (...parts: string[]): string => {
  const file = join(folder, ...parts)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, '')
  return file
}

describe('where core runs', () => {
  it('is a utility process from Node-API 10 on', () => {
    expect(['9', '10', '11', undefined].map(isRuntimeRecent)).toEqual([false, true, true, false])
    expect(chooseSpawn('10', folder, folder)).toEqual({ kind: 'utility' })
  })

  it('is the Node of the work tree on older runtimes, else the one beside the packaged program, else nowhere', () => {
    expect(chooseSpawn('9', folder, folder)).toEqual({ kind: 'none' })
    const packaged = put('resources', 'node', 'node')
    expect(findNode(join(folder, 'tree'), join(folder, 'resources'), 'linux')).toBe(packaged)
    const tree = put('tree', 'node_modules', 'node', 'bin', 'node')
    expect(findNode(join(folder, 'tree'), join(folder, 'resources'), 'linux')).toBe(tree)
    expect(chooseSpawn('9', join(folder, 'tree'), folder).kind).toBe('node')
  })
})
