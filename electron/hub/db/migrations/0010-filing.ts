import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Who answers consultations, by status and dates; there is no place for a paper (QY-17). And no candidate of a platform whose
 * resumes are their owner's alone, whoever writes it (QY-09).
 */
const statements = [
  `create table filing (employer_id text not null, account_id text not null,
     status text not null check (status in ('none', 'pending', 'approved', 'cancelled')),
     at double precision not null, primary key (employer_id, account_id))`,
  `create table institution_certificate (employer_id text not null, name text not null, until text not null,
     primary key (employer_id, name))`,
  `alter table record add column platform text`,
  `alter table record add constraint record_without_private_resumes check (type <> 'candidate' or platform is null or platform <> 'qingyun')`,
]

export const filing: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
