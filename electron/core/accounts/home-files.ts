import { join } from 'node:path'
import type { Output } from '../../shared/ipc/routes/index.ts'
import { homePaths, listHomeFiles, type HomePaths } from '../store/home-paths.ts'
import { logPath } from '../log-file.ts'
import { publicJobsPath } from '../jobs/public-jobs.ts'
import { backupRegisterPath } from '../backup/backup-register.ts'
import { aiPath } from '../ai/ai-file.ts'
import { registryPath } from './account-registry.ts'
import { settingsPath } from './settings.ts'

/** Every file and folder that the program ever writes, and a code for what lies there (`candor paths`). */
export const listPaths = (home: HomePaths): Output<'system.paths'>['paths'] => [
  { path: home.home, holds: 'home', personal: false },
  ...listHomeFiles(homePaths(home.home)).map(({ path, kind }) => ({
    path,
    holds: kind,
    personal: kind === 'database' || kind === 'journal' || kind === 'temporary',
  })),
  { path: settingsPath(home.home), holds: 'settings', personal: false },
  { path: registryPath(home.home), holds: 'accounts', personal: false },
  { path: aiPath(home.home), holds: 'ai', personal: false },
  { path: backupRegisterPath(home.home), holds: 'backups', personal: false },
  { path: publicJobsPath(home.home), holds: 'jobs', personal: false },
  { path: logPath(home.home), holds: 'log', personal: false },
  // Written by the process that holds the window: its place, size and zoom.
  { path: join(home.home, 'window.json'), holds: 'window', personal: false },
  // It plays the platform and is outside of the promise (or CANDOR_HUB_HOME).
  { path: `${home.home}-sandbox-hub`, holds: 'sandbox', personal: true },
]
