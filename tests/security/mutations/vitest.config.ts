import { defineConfig, mergeConfig } from 'vitest/config'
import usual from '../../../vitest.config.ts'
import type { Mutation } from './erasure-mutations.ts'

const { file, find, replace } = JSON.parse(process.env['CANDOR_MUTATION'] ?? '') as Mutation

/** The usual tests over sources of which one file is another: changed as it is read, so that nothing on the disk is. */
export default mergeConfig(
  usual,
  defineConfig({
    // Sources as they were read for another mutation are none of this one's.
    test: { fsModuleCache: false },
    plugins: [
      {
        name: 'mutation',
        enforce: 'pre',
        transform: (code, id) => {
          if (!id.endsWith(file)) return undefined
          if (!code.includes(find)) throw new Error(`nothing to take out of ${file}`)
          return { code: code.replaceAll(find, replace), map: null }
        },
      },
    ],
  }),
)
