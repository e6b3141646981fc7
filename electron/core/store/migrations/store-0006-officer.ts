import type { Migration } from '../migrate.ts'

/** What the protection officer keeps: incidents with whom they touched (ZP-100), dates that come again, assessments, audits. */
export const storeOfficer: Migration = {
  version: 6,
  name: 'officer',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE incident (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        discovered_at INTEGER NOT NULL,
        -- The time within which whoever was seen is affected.
        from_at INTEGER NOT NULL,
        to_at INTEGER NOT NULL,
        -- An account alone, where the incident is one's.
        account TEXT,
        -- Until when the draft of the notice is owed (D14), and when it was whole.
        draft_due_at INTEGER NOT NULL,
        drafted_at INTEGER,
        public_at INTEGER,
        reported_at INTEGER,
        closed_at INTEGER,
        by TEXT NOT NULL,
        -- Affected people whose records were destroyed since, or before anybody looked: counts alone.
        gone_told INTEGER NOT NULL DEFAULT 0,
        gone_untold INTEGER NOT NULL DEFAULT 0,
        -- JSON of title and parts; they hold no contact but the officer's.
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX incident_open ON incident (draft_due_at) WHERE closed_at IS NULL;

      CREATE TABLE incident_person (
        incident_id TEXT NOT NULL REFERENCES incident (id),
        record_id TEXT NOT NULL REFERENCES candidate (record_id),
        -- JSON list of the fields that were seen, by name.
        fields TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        channel TEXT,
        told_at INTEGER,
        told_by TEXT,
        PRIMARY KEY (incident_id, record_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX incident_person_record ON incident_person (record_id);

      -- Nobody stays for the sake of an incident: what is left of whoever goes is whether they had been told.
      CREATE TRIGGER incident_person_gone AFTER DELETE ON incident_person BEGIN
        UPDATE incident SET gone_told = gone_told + (OLD.told_at IS NOT NULL),
          gone_untold = gone_untold + (OLD.told_at IS NULL) WHERE id = OLD.incident_id;
      END;

      -- Training, promises of confidentiality, agreements with platforms: whose, when, until when (ZP-97, ZP-99).
      CREATE TABLE officer_date (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('training', 'confidentiality', 'agreement')),
        -- A member of the staff, or a platform with the version of what was agreed.
        whose TEXT NOT NULL,
        done_at INTEGER NOT NULL,
        until INTEGER,
        at INTEGER NOT NULL,
        by TEXT NOT NULL
      ) STRICT;
      CREATE INDEX officer_date_until ON officer_date (until);

      CREATE TABLE impact_assessment (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        basis TEXT NOT NULL,
        done_at INTEGER,
        next_at INTEGER,
        result TEXT NOT NULL CHECK (result IN ('planned', 'acceptable', 'measures', 'stopped')),
        measures TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL
      ) STRICT;
      CREATE INDEX impact_assessment_next ON impact_assessment (next_at);

      CREATE TABLE audit_export (
        id TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        from_at INTEGER NOT NULL,
        to_at INTEGER NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL
      ) STRICT;
      CREATE INDEX audit_export_at ON audit_export (at);
    `)
  },
}
