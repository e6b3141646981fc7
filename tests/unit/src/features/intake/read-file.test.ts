/// <reference types="node" />
import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { readAsBase64 } from '../../../../../src/features/intake/read-file.ts'

test.each([0, 1, 2, 3, 393_215, 393_216, 393_217, 1_000_003])('a file of %i bytes arrives whole', async (size) => {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + 7) % 256)
  const shares: number[] = []
  const text = await readAsBase64(new Blob([bytes]), (share) => shares.push(share))
  expect(text === Buffer.from(bytes).toString('base64')).toBe(true)
  expect(shares.at(-1) ?? 1).toBe(1)
})
