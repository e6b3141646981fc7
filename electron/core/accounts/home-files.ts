import { homePaths, listHomeFiles, type HomePaths } from '../store/home-paths.ts'
import { logPath } from '../log-file.ts'
import { registryPath } from './account-registry.ts'
import { settingsPath } from './settings.ts'

/** Every file and folder that core ever writes, and what lies there; main adds the window's own (`candor paths`). */
export const listPaths = (home: HomePaths): Array<{ path: string; holds: string; personal: boolean }> => [
  { path: home.home, holds: 'home: everything below', personal: false },
  ...listHomeFiles(homePaths(home.home)).map(({ path, kind }) => ({
    path,
    holds: `${kind}, encrypted`,
    personal: kind === 'database' || kind === 'journal' || kind === 'temporary',
  })),
  {
    path: settingsPath(home.home),
    holds: 'language, theme, answer to the notice, clock of the sandbox',
    personal: false,
  },
  { path: registryPath(home.home), holds: 'accounts of this home and their tokens, sealed', personal: false },
  { path: logPath(home.home), holds: 'routes, codes, counts and milliseconds', personal: false },
  {
    path: `${home.home}-sandbox-hub`,
    holds: 'the sandbox hub, which plays the platform: outside of the promise (or CANDOR_HUB_HOME)',
    personal: true,
  },
]
