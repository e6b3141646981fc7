/** The enterprise's administration. A tab's words stand in `tab`; an area with more than that has a file of its own. */
export const admin = {
  title: '企业管理',
  tab: { people: '人员', crossborder: '境外查看', closing: '关闭工作区' },
  reach: {
    local: '本地工作区没有子账号',
    localHint: '连接企业服务端后，在这里管理成员、邀请和设备。',
    not_offered: '当前平台不提供企业管理',
    not_offeredHint: '成员、邀请和设备请在平台自己的后台管理。',
  },
  people: {
    lead: '一人一账号，权限按需授予，随时可以收回。',
    own: '我',
    of: '来自 {agency}',
    verified: '已认证',
    never: '从未登录设备',
    devices: '{n} 台设备',
    sessions: '{n} 个会话',
    empty: '还没有成员',
    emptyHint: '邀请同事加入后，会出现在这里。',
    missing: { real_name: '未实名', employment: '任职未核验' },
    status: { active: '正常', restricted: '受限', suspended: '已暂停', revoked: '已撤销' },
    column: { name: '姓名', role: '角色', status: '状态', verified: '认证', open: '设备与会话', seen: '最近出现' },
  },
}
