export type MenuTexts = Readonly<
  Record<
    | 'file'
    | 'edit'
    | 'view'
    | 'window'
    | 'lock'
    | 'quit'
    | 'undo'
    | 'redo'
    | 'cut'
    | 'copy'
    | 'paste'
    | 'selectAll'
    | 'zoomIn'
    | 'zoomOut'
    | 'resetZoom'
    | 'fullScreen'
    | 'minimize'
    | 'close'
    | 'devTools',
    string
  >
>

export const menuTexts: Readonly<Record<'zh-CN' | 'en-US', MenuTexts>> = {
  'zh-CN': {
    file: '文件',
    edit: '编辑',
    view: '视图',
    window: '窗口',
    lock: '锁定',
    quit: '退出 Candor',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    zoomIn: '放大',
    zoomOut: '缩小',
    resetZoom: '实际大小',
    fullScreen: '全屏',
    minimize: '最小化',
    close: '关闭窗口',
    devTools: '开发者工具',
  },
  'en-US': {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    lock: 'Lock',
    quit: 'Quit Candor',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    resetZoom: 'Actual Size',
    fullScreen: 'Full Screen',
    minimize: 'Minimise',
    close: 'Close Window',
    devTools: 'Developer Tools',
  },
}
