/** What one click on a sandbox account puts into the sign-in form. */
export type FilledForm = { readonly hub: string; readonly account: string; readonly password: string }
