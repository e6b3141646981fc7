// First: styles made later need the nonce that this puts on them.
import './csp-nonce.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './app/styles.css'
import App from './app/App.vue'
import { router } from './app/router.ts'
import { i18n } from './i18n/index.ts'

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
