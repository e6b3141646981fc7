import type { WebPreferences } from 'electron'

/** In memory: without `persist:` nothing of the page reaches the disk, even if it misbehaves. */
export const pagePartition = 'candor'

/** Spelt out in full, though most are defaults: a test reads them back, and a default may change. */
export const webPreferences = (preload: string, devTools: boolean): WebPreferences => ({
  preload,
  partition: pagePartition,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  v8CacheOptions: 'none',
  devTools,
})
