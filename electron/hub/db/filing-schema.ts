/** Who answers consultations, by status and date alone: papers are never here (QY-17). */
type FilingTable = {
  employer_id: string
  account_id: string
  status: 'none' | 'pending' | 'approved' | 'cancelled'
  at: number
}

/** Of the employer as an institution, with its last day (QY-20). */
type InstitutionCertificateTable = { employer_id: string; name: string; until: string }

export type FilingSchema = { filing: FilingTable; institution_certificate: InstitutionCertificateTable }
