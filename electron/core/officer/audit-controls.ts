/** One measure as an auditor asks for it, by its number in ISO/IEC 27001:2022 Annex A, and the files of the package that show it. */
type Control = {
  readonly control: string
  readonly zh: string
  readonly en: string
  readonly evidence: readonly string[]
}

/**
 * What an auditor may hold against a list of controls (MM-36). It says what the program does and where that can be seen, and claims
 * no certification: whether an enterprise meets a standard is for its auditors to say.
 */
export const auditControls = {
  certification: 'none',
  note: {
    zh: '本清单只说明程序做什么、在哪些文件中可以核对；程序及其作者不声称通过任何认证。',
    en: 'This list says what the program does and in which files that can be checked. Neither the program nor its makers claim any certification.',
  },
  controls: [
    {
      control: 'A.5.15',
      zh: '访问按角色、来源和阶段决定，未写明的不显示',
      en: 'Access is decided by role, source and stage; what no rule names is not shown',
      evidence: ['rules/', 'ledger.jsonl'],
    },
    {
      control: 'A.5.18',
      zh: '每个账号的角色、确认规则和保密承诺的时间',
      en: 'Role of each account, and when it accepted the rules and its confidentiality',
      evidence: ['accounts.json'],
    },
    {
      control: 'A.5.24',
      zh: '安全事件按五部分记录，并逐人记录告知',
      en: 'Incidents are recorded in five parts, with who was told',
      evidence: ['incidents.json'],
    },
    {
      control: 'A.5.28',
      zh: '日志可脱离本程序独立验证',
      en: 'The log can be verified without this program',
      evidence: ['ledger.jsonl', 'manifest.json'],
    },
    {
      control: 'A.5.34',
      zh: '每份资料有来源和依据；权利请求有期限和结果',
      en: 'Every record has its source and ground; requests of people have deadlines and outcomes',
      evidence: ['bases.json', 'requests.json'],
    },
    {
      control: 'A.6.3',
      zh: '培训和保密的日期与到期',
      en: 'Dates of training and confidentiality, and when they end',
      evidence: ['officer.json'],
    },
    {
      control: 'A.8.10',
      zh: '到期即销毁，每次销毁有签名证明；法定保全逐项列明',
      en: 'Data are destroyed when due, each time with a signed certificate; legal holds are listed one by one',
      evidence: ['certificates/', 'holds.json'],
    },
    {
      control: 'A.8.11',
      zh: '联系方式默认遮盖，逐字段的规则可查',
      en: 'Contacts are masked by default, by rules that can be read field by field',
      evidence: ['rules/'],
    },
    {
      control: 'A.8.12',
      zh: '导出的文件逐份登记，未销毁的在列',
      en: 'Files that were exported are registered; those that are still outside are listed',
      evidence: ['open-copies.json'],
    },
    {
      control: 'A.8.15',
      zh: '先记录后显示；记录只增不改，有外部见证',
      en: 'Written down before it is shown; the log only grows and is witnessed outside',
      evidence: ['ledger.jsonl'],
    },
  ] as const satisfies readonly Control[],
} as const
