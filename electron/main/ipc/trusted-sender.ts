import { isPageAddress } from '../security/page-address.ts'

type Frame = { readonly url: string; readonly parent: unknown }

/** The part of Electron's events that says who calls. */
export type SenderEvent = {
  readonly sender: { readonly id: number; readonly mainFrame: unknown }
  /** `null` once the frame is gone or has gone elsewhere. */
  readonly senderFrame: Frame | null
}

/** Only the top frame of the main window, while it shows the page itself. */
export const isTrustedSender = (event: SenderEvent, windowId: number | undefined): boolean => {
  const frame = event.senderFrame
  return (
    frame !== null &&
    windowId !== undefined &&
    event.sender.id === windowId &&
    frame === event.sender.mainFrame &&
    frame.parent === null &&
    isPageAddress(frame.url)
  )
}
