import { html } from '../markup.ts'
import { portalPage } from './page-frame.ts'
import type { PortalLanguage } from './language.ts'
import { portalWords, type PortalWords } from './words/portal-words.ts'

/** A page of one statement: the link does not open, too many requests, the link has been ended. */
export const noticePage = (
  language: PortalLanguage,
  choose: (words: PortalWords) => { readonly heading: string; readonly body: string },
): string => {
  const words = portalWords(language)
  const { heading, body } = choose(words)
  return portalPage(
    { language, words },
    heading,
    html`<p class="brand">${words.brand}</p>
      <h1>${heading}</h1>
      <p>${body}</p>`,
  )
}
