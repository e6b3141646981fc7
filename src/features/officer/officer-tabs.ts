export type OfficerTab = 'desk' | 'incidents' | 'dates' | 'assessments' | 'audits' | 'statements' | 'reads'
