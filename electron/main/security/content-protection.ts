import type { BrowserWindow } from 'electron'

/**
 * Asks the system to leave the window out of recordings (D20). Best effort: Linux does nothing, and ScreenCaptureKit of
 * macOS 15 and later records all the same (electron#48258); the watermark is what remains there.
 */
export const protectContent = (window: BrowserWindow): void => window.setContentProtection(true)
