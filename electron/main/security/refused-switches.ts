/**
 * Switches that open the page or the disk to whoever can start the program: debug ports, foreign code, logs of what
 * crosses the network. Chromium knows no list of those it may take, so a packaged program names those that it refuses.
 */
const refused = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'disable-web-security',
  'load-extension',
  'js-flags',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'log-net-log',
  'ssl-key-log-file',
] as const

export const refusedSwitch = (packaged: boolean, hasSwitch: (name: string) => boolean): string | undefined =>
  packaged ? refused.find(hasSwitch) : undefined
