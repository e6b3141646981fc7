import { extname, join, normalize, sep } from 'node:path'
import { isPageAddress } from './page-address.ts'

/**
 * The file behind an address of the page, or undefined where the address leads elsewhere: another host, outside of
 * `root`, or with a byte that file systems treat in ways of their own.
 */
export const assetPath = (root: string, address: string): string | undefined => {
  if (!isPageAddress(address)) return undefined
  let path: string
  try {
    path = decodeURIComponent(new URL(address).pathname)
  } catch {
    return undefined
  }
  // A backslash and a colon are separators on Windows; a zero byte ends a path in C.
  if (/[\\:\0]/.test(path)) return undefined
  const file = normalize(join(root, path === '/' ? 'index.html' : path))
  return file.startsWith(normalize(root) + sep) ? file : undefined
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
}

export const contentType = (file: string): string =>
  contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream'
