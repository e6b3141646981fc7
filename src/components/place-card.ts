const MARGIN = 8
const GAP = 4

/**
 * Puts a floating card below what it belongs to, or above where there is no room, towards the middle of the window and never
 * outside of it.
 */
export const placeCard = (anchor: DOMRect, card: HTMLElement): void => {
  const { offsetWidth: width, offsetHeight: height } = card
  const wanted = anchor.left < innerWidth / 2 ? anchor.left : anchor.right - width
  const left = Math.max(MARGIN, Math.min(wanted, innerWidth - width - MARGIN))
  const below = anchor.bottom + GAP
  const top = below + height + MARGIN > innerHeight ? Math.max(MARGIN, anchor.top - height - GAP) : below
  card.style.left = `${left}px`
  card.style.top = `${top}px`
}
