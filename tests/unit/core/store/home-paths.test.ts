import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { expect, test } from 'vitest'
import { accountFolder, homePaths, listHomeFiles, listStoreFiles } from '../../../../electron/core/store/home-paths.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

test('an account’s folder says nothing about it and is legal on every system', () => {
  for (const id of ['hr@sandbox', '../../etc', 'CON', 'a/b\\c:d', '张三', 'x'.repeat(128)]) {
    expect(accountFolder(id)).toMatch(/^[0-9a-f]{32}$/)
    expect(relative(homePaths('/home/of').accounts, homePaths('/home/of').account(id).store)).toBe(
      `${accountFolder(id)}/store.db`,
    )
  }
  expect(accountFolder('a')).not.toBe(accountFolder('b'))
})

test('every file that may be written is listed, and stores are found without knowing the accounts', () => {
  const paths = homePaths(temporaryFolder())
  expect(listStoreFiles(paths)).toEqual([])
  const account = paths.account('hr@sandbox')
  mkdirSync(account.dir, { recursive: true })
  for (const path of [account.store, account.index, paths.ledger]) writeFileSync(path, '')
  expect(listStoreFiles(paths)).toEqual([paths.ledger, account.store])
  const listed = listHomeFiles(paths).map(({ path }) => path)
  for (const path of [
    paths.kek,
    paths.keysA,
    `${paths.keysB}.new`,
    paths.lock,
    `${account.store}-wal`,
    account.index,
  ]) {
    expect(listed).toContain(path)
  }
  expect(new Set(listed).size).toBe(listed.length)
  expect(basename(dirname(account.dir))).toBe('accounts')
})
