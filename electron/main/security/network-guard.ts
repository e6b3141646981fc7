import type { Session } from 'electron'
import { isLoadable } from './page-address.ts'

/** The page has no network: a second lock behind the content security policy. Core has its own way out. */
export const cutOffNetwork = (session: Session): void => {
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLoadable(details.url) }))
  session.on('will-download', (event) => event.preventDefault())
  session.setSpellCheckerEnabled(false)
}
