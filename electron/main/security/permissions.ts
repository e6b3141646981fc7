import type { Session } from 'electron'
import { isPageAddress } from './page-address.ts'

/** All that the page may do beyond showing itself: put text that a person copied on the clipboard. Reading it is refused. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

export const isGranted = (permission: string, address: string): boolean =>
  granted.has(permission) && isPageAddress(address)

export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(isGranted(permission, contents.getURL())),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setUSBProtectedClassesHandler((details) => details.protectedClasses)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  for (const event of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    session.on(event as 'select-hid-device', (refused) => refused.preventDefault())
  }
}
