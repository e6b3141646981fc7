/** The mark of the program as raw pixels (BGRA): a rounded square in the brand's green. Nothing to load, nothing to miss. */
export const trayPixels = (size: number): Buffer => {
  const radius = size * 0.3
  const inset = size * 0.09
  const from = inset
  const to = size - inset
  const pixels = Buffer.alloc(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const px = x + 0.5
      const py = y + 0.5
      const dx = Math.max(from + radius - px, 0, px - (to - radius))
      const dy = Math.max(from + radius - py, 0, py - (to - radius))
      const cover = Math.max(0, Math.min(1, radius - Math.hypot(dx, dy) + 0.5))
      const alpha = Math.round(cover * 255)
      // Premultiplied, as bitmaps are.
      const at = (y * size + x) * 4
      pixels[at] = Math.round(0x5c * cover)
      pixels[at + 1] = Math.round(0x6b * cover)
      pixels[at + 2] = Math.round(0x0f * cover)
      pixels[at + 3] = alpha
    }
  }
  return pixels
}
