import type { PortalLanguage } from '../language.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** Both languages say the same things: a word that one of them lacks does not compile. */
export type PortalWords = typeof zh

const words: Readonly<Record<PortalLanguage, PortalWords>> = { 'zh-CN': zh, 'en-US': en }

export const portalWords = (language: PortalLanguage): PortalWords => words[language]
