import { z } from 'zod'

export const bundleFormat = 'candor-ledger/1'

/** First line of a bundle. */
export const bundleHeader = z.object({
  format: z.literal(bundleFormat),
  origin: z.string(),
  /** C2SP verifier key of the log. */
  public_key: z.string(),
  /** Index of the first entry that follows; above 0 only after truncation. */
  first: z.int().min(0).default(0),
  /** Size of the whole tree. */
  size: z.int().min(0),
  /** Base64 roots of the whole subtrees left of `first`, widest first. */
  range: z.array(z.string()).max(64).optional(),
})
export type BundleHeader = z.infer<typeof bundleHeader>

/** Each line between the first and the last. */
export type BundleEntry = { readonly i: number; readonly entry: string }

/**
 * Last line. A cosignature is either a signature line over this very checkpoint, or a whole signed note of an earlier
 * checkpoint that a witness has cosigned.
 */
export const bundleTail = z.object({ checkpoint: z.string(), cosignatures: z.array(z.string()).max(100).default([]) })
export type BundleTail = z.infer<typeof bundleTail>

/** What the check of a bundle says; every verdict but `valid` names the first thing found wrong. */
export const bundleVerdict = z.enum([
  'valid',
  /** A line that is not what the format has in that place, or lines behind the last one. */
  'malformed',
  /** The key in the header is no verifier key, or not that of the origin. */
  'bad_key',
  /** An entry is missing, doubled or in another's place. */
  'wrong_index',
  /** An entry is not RFC 8785 JSON, or not an object of version 1 with a nonce. */
  'bad_entry',
  'duplicate_nonce',
  /** The bundle ends before the size in its first line, or before a head that exists. */
  'cut',
  /** The log key did not sign the checkpoint. */
  'bad_signature',
  /** The entries do not give the root that the log key signed. */
  'root_mismatch',
  /** A witness whose key was given did not make the cosignature that names it. */
  'bad_cosignature',
  /** The older checkpoint is of another log or another key. */
  'foreign_anchor',
  /** These entries are not the ones that stood here when an earlier head was signed. */
  'rewritten',
])
export type BundleVerdict = z.infer<typeof bundleVerdict>

export type BundleReport = {
  readonly verdict: BundleVerdict
  /** `line 4`, `entry 12`, `checkpoint 40`; absent when valid. */
  readonly where?: string
  readonly origin: string
  /** Size of the tree and number of the entries looked at. */
  readonly size: number
  readonly entries: number
  /** Base64; empty when it could not be computed. */
  readonly root: string
  /** `proven`: a head kept outside of this device confirms the entries below `provenTo`. */
  readonly completeness: 'proven' | 'not_provable'
  /** 0 when nothing outside confirms anything; entries from here on rest on the device's word alone. */
  readonly provenTo: number
  /** Newest genuine cosignature of a known witness, milliseconds since 1970. */
  readonly witnessedAt?: number
}
