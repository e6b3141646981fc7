export declare const sqlcipherProgram: () => string
export declare const installSqlcipher: (say: (message: string) => void) => Promise<void>
