import type { Rule } from 'eslint'

export declare const processBoundaries: Rule.RuleModule
