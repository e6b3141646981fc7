export type Sex = 'male' | 'female'

/** `张**`, `欧阳**`, `Zhang ***`. */
export declare function maskName(name: string): string
/** `张某` while sex is hidden (`sex` = null, K20), else `张先生` / `张女士`. */
export declare function aliasOf(name: string, sex: Sex | null): string
/** `138****5678` */
export declare function maskPhone(phone: string): string
/** `zh***@***.com` */
export declare function maskEmail(email: string): string
/** `zh****` */
export declare function maskWechat(id: string): string
/** Five-year band of an age in full years: `{from: 25, to: 29}` (K21). */
export declare function ageBand(ageYears: number): { readonly from: number; readonly to: number }
/** City of an address: `上海市浦东新区…` → `上海`. */
export declare function cityOf(address: string): string | null
