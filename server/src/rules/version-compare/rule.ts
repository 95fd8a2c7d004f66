import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const versionCompare = defineRule({
  id: 'version-compare',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { obsolete: 'hint' },
  since: '0.2.0',
  sections: ['4.3'],
  messages: {
    en: {
      ordered: 'versions compared letter by letter: "go1.9" counts as newer than "go1.21"',
      overlap: '{name} is declared by this file and by {other} when Go {version} builds them',
      gap: 'neither this file nor {other} is built by Go {version}, so {name} is missing there',
      other: 'the other file',
      obsolete: 'this // +build line is obsolete beside //go:build',
      fix: 'Compare with go/version',
      'fix-obsolete': 'Remove the // +build line',
      'caution-development': 'version.Compare takes a development version of Go for older than every release',
    },
    'zh-cn': {
      ordered: '版本号被逐字符比较："go1.9" 会被当作比 "go1.21" 更新',
      overlap: '用 Go {version} 构建时，{name} 在此文件和 {other} 中都有声明',
      gap: 'Go {version} 既不构建此文件也不构建 {other}，因此缺少 {name}',
      other: '另一个文件',
      obsolete: '有了 //go:build，这一行 // +build 已经过时',
      fix: '用 go/version 比较',
      'fix-obsolete': '删除 // +build 行',
      'caution-development': 'version.Compare 认为 Go 的开发版本比所有正式版本都旧',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
