/** One field of a mail's head, its name in lower case. */
export type HeaderField = { readonly name: string; readonly value: string }

const coversDomain = (signed: string, domain: string): boolean => signed === domain || domain.endsWith(`.${signed}`)

/**
 * Whether the server that received a mail vouches for the domain in its `From`: the topmost `Authentication-Results` (RFC 8601)
 * is that server's own, and says that DKIM or DMARC passed for this very domain or one above it. A server writes its field on
 * top, and strips others that bear its name; a field further down may be the sender's invention. SPF alone speaks of the
 * envelope, so it proves nothing here.
 *
 * @param authority - the name by which the receiving server signs; without one nothing is proved
 */
export const isVouchedFor = (
  headers: readonly HeaderField[],
  authority: string | undefined,
  domain: string,
): boolean => {
  if (authority === undefined || authority === '' || domain === '') return false
  const top = headers.find(({ name }) => name === 'authentication-results')
  if (top === undefined) return false
  // Comments may hold anything, a result that never was among it.
  const [server, ...results] = top.value.replace(/\([^()]*\)/g, ' ').split(';')
  if (server?.trim().split(/\s+/)[0]?.toLowerCase() !== authority.toLowerCase()) return false
  return results.some((result) => {
    const found = /^\s*(dkim|dmarc)\s*=\s*pass\b/i.exec(result)
    if (found === null) return false
    const about =
      found[1]?.toLowerCase() === 'dkim'
        ? /\bheader\.(?:d|i)\s*=\s*@?([a-z0-9.-]+)/i
        : /\bheader\.from\s*=\s*([a-z0-9.-]+)/i
    const signed = about.exec(result)?.[1]?.toLowerCase()
    return signed !== undefined && coversDomain(signed, domain)
  })
}
