import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { unpackWoff } from '../../../shared/fonts/unpack-woff.ts'

let font: Buffer | undefined

/** Noto Sans SC (OFL 1.1), of which a document carries only the glyphs that it shows. */
export const chineseFont = (): Buffer => {
  font ??= Buffer.from(
    unpackWoff(
      readFileSync(
        createRequire(import.meta.url).resolve(
          '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff',
        ),
      ),
      inflateSync,
    ),
  )
  return font
}
