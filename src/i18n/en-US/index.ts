import { account } from './account.ts'
import { admin } from './admin.ts'
import { app } from './app.ts'
import { alarms } from './alarms.ts'
import { looks } from './looks.ts'
import { approvals } from './approvals.ts'
import { arrivals } from './arrivals.ts'
import { board } from './board.ts'
import { bulletin } from './bulletin.ts'
import { review } from './review.ts'
import { collaboration } from './collaboration.ts'
import { matching } from './matching.ts'
import { interviews } from './interviews.ts'
import { messages } from './messages.ts'
import { pool } from './pool.ts'
import { ai } from './ai.ts'
import { portal } from './portal.ts'
import { backup } from './backup.ts'
import { mailbox } from './mailbox.ts'
import { reports } from './reports.ts'
import { desktop } from './desktop.ts'
import { candidates } from './candidates.ts'
import { duties } from './duties.ts'
import { errors } from './errors.ts'
import { filters } from './filters.ts'
import { jobs } from './jobs.ts'
import { keeping } from './keeping.ts'
import { requests } from './requests.ts'
import { officer } from './officer.ts'
import { rules } from './rules.ts'
import { exports } from './exports.ts'
import { factor } from './factor.ts'
import { settings } from './settings.ts'
import { sharing } from './sharing.ts'
import { viewer } from './viewer.ts'
import { vocab } from './vocab.ts'
import { welcome } from './welcome.ts'

export const enUS = {
  account,
  admin,
  app,
  alarms,
  looks,
  approvals,
  arrivals,
  board,
  bulletin,
  review,
  collaboration,
  matching,
  interviews,
  messages,
  pool,
  portal,
  ai,
  mailbox,
  reports,
  backup,
  desktop,
  candidates,
  errors,
  filters,
  jobs,
  keeping,
  requests,
  officer,
  rules,
  exports,
  factor,
  settings,
  sharing,
  viewer,
  vocab,
  welcome,
  ...duties,
}
