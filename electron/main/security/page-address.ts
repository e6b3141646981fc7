/** The page's own address. A scheme of ours instead of `file:`, under which a page could read the disk. */
export const pageScheme = 'app'
export const pageHost = 'candor'
export const pageUrl = `${pageScheme}://${pageHost}/index.html`

/** True for an address of the page itself. `origin` is not compared: outside Chromium it is opaque for such schemes. */
export const isPageAddress = (address: string): boolean => {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === `${pageScheme}:` && url.host === pageHost && url.username === '' && url.password === ''
}

/** What may be shown inside a frame of the page: documents that the page made itself. */
export const isFrameAddress = (address: string): boolean =>
  address === 'about:blank' || address === 'about:srcdoc' || address.startsWith(`blob:${pageScheme}://${pageHost}/`)

/** What the page may load at all. Everything else would leave the machine, or read it. */
export const isLoadable = (address: string): boolean =>
  isPageAddress(address) || isFrameAddress(address) || address.startsWith('data:') || address.startsWith('devtools:')
