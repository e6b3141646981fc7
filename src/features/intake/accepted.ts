/** Endings that the file picker offers; what a file is is told by its bytes alone. */
export const ACCEPTED =
  '.pdf,.docx,.doc,.rtf,.html,.htm,.mht,.mhtml,.eml,.msg,.txt,.zip,.jpg,.jpeg,.png,.webp,.bmp,.gif,.tif,.tiff'
