import { createI18n } from 'vue-i18n'
import { enUS } from './en-US/index.ts'
import { zhCN } from './zh-CN/index.ts'

/** Every sentence of the window. The two languages have the same keys; a test says so. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, 'en-US': enUS },
  missingWarn: false,
  fallbackWarn: false,
})
