// First import of `main.ts`. The components insert `<style>` elements while the page runs; the policy lets them pass only
// with the nonce of this document, and they do not set it themselves (naive-ui#6356).
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce
const createElement = Document.prototype.createElement

const withNonce = function (this: Document, name: string, options?: ElementCreationOptions): HTMLElement {
  const element = createElement.call(this, name, options)
  if (nonce && String(name).toLowerCase() === 'style') element.setAttribute('nonce', nonce)
  return element
}
Document.prototype.createElement = withNonce as typeof createElement

export {}
