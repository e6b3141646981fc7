/** The one function that is used of it: a wider import would not compile, and would not be in the script. */
declare module '@noble/curves/ed25519.js' {
  export const ed25519: {
    verify(
      signature: Uint8Array,
      message: Uint8Array,
      publicKey: Uint8Array,
      options: { readonly zip215: boolean },
    ): boolean
  }
}
