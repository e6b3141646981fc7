export type OfficerTab = 'desk' | 'incidents' | 'dates' | 'assessments' | 'audits' | 'reads'
