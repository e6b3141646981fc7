import { createRouter, createWebHashHistory } from 'vue-router'
import AccountPage from '../features/account/AccountPage.vue'
import AdminPage from '../features/admin/AdminPage.vue'
import BoardPage from '../features/board/BoardPage.vue'
import BulletinPage from '../features/bulletin/BulletinPage.vue'
import CandidatesPage from '../features/candidates/CandidatesPage.vue'
import InterviewsPage from '../features/interviews/InterviewsPage.vue'
import JobsPage from '../features/jobs/JobsPage.vue'
import LedgerPage from '../features/ledger/LedgerPage.vue'
import MessagesPage from '../features/messages/MessagesPage.vue'
import OfficerPage from '../features/officer/OfficerPage.vue'
import PoolPage from '../features/pool/PoolPage.vue'
import ReportsPage from '../features/reports/ReportsPage.vue'
import RequestsPage from '../features/requests/RequestsPage.vue'
import RetentionPage from '../features/retention/RetentionPage.vue'
import RulesPage from '../features/rules/RulesPage.vue'
import SettingsPage from '../features/settings/SettingsPage.vue'
import SyncPage from '../features/sync/SyncPage.vue'

/**
 * Sections of the shell. The history is the hash (the page comes from `app://`); a path holds names of sections,
 * platforms and fields only and never a candidate's id, because addresses end up in places that nobody thinks of.
 */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/candidates' },
    { path: '/jobs', name: 'jobs', component: JobsPage },
    { path: '/candidates', name: 'candidates', component: CandidatesPage },
    { path: '/board', name: 'board', component: BoardPage },
    { path: '/interviews', name: 'interviews', component: InterviewsPage },
    { path: '/messages', name: 'messages', component: MessagesPage },
    { path: '/pool', name: 'pool', component: PoolPage },
    { path: '/bulletin', name: 'bulletin', component: BulletinPage },
    { path: '/reports', name: 'reports', component: ReportsPage },
    { path: '/sync', name: 'sync', component: SyncPage },
    { path: '/retention', name: 'retention', component: RetentionPage },
    { path: '/ledger', name: 'ledger', component: LedgerPage },
    { path: '/requests', name: 'requests', component: RequestsPage },
    { path: '/officer', name: 'officer', component: OfficerPage },
    { path: '/admin/:tab?', name: 'admin', component: AdminPage },
    { path: '/rules/:platform?/:field?', name: 'rules', component: RulesPage },
    { path: '/account', name: 'account', component: AccountPage },
    { path: '/settings', name: 'settings', component: SettingsPage },
    { path: '/:rest(.*)', redirect: '/candidates' },
  ],
})
