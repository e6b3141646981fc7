/** Where the script lies that the hub serves. */
export const portalScriptPath: string
/** The script as text. */
export const buildPortalScript: () => Promise<string>
