import { app } from './app.ts'
import { candidates } from './candidates.ts'
import { duties } from './duties.ts'
import { errors } from './errors.ts'
import { jobs } from './jobs.ts'
import { rules } from './rules.ts'
import { settings } from './settings.ts'
import { vocab } from './vocab.ts'
import { welcome } from './welcome.ts'

export const zhCN = { app, candidates, errors, jobs, rules, settings, vocab, welcome, ...duties }
