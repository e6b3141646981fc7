import type { Program } from 'typescript'

export const vueScriptsParser: {
  parseForESLint(
    code: string,
    options: { readonly filePath: string; readonly projectService: true; readonly tsconfigRootDir: string },
  ): { readonly services: { readonly program: Program } }
}
