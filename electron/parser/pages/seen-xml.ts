const runs = /<w:r[ >][^]*?<\/w:r>/g
const hiddenRun = /<w:(?:vanish|webHidden|specVanish)(?:\s+w:val\s*=\s*"(?:1|true|on)")?\s*\/>/
const paperColour = /<w:color\b[^>]*w:val\s*=\s*"(?:F[0-9A-F]){3}"/i
const tinySize = /<w:sz\s+w:val\s*=\s*"[0-3]"\s*\/>/
const shaded = /<w:(?:shd|highlight)\b/

/**
 * A part of a Word document without what its reader does not see: hidden runs, letters in the colour of the paper or of no size, what
 * was taken out under tracked changes, and what stands in fields that only tell where something comes from.
 */
export const seenXml = (xml: string): string =>
  xml.replace(/<w:(del|moveFrom)\b(?![^>]*\/>)[^>]*>[^]*?<\/w:\1>/g, '').replace(runs, (run) => {
    if (hiddenRun.test(run) || tinySize.test(run)) return ''
    return paperColour.test(run) && !shaded.test(run) ? '' : run
  })
