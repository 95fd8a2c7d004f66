import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const clearNeedsNewerGo = defineRule({
  id: 'clear-needs-newer-go',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { library: 'information' },
  since: '0.2.0',
  sections: ['4'],
  messages: {
    en: {
      builtin: 'the built-in clear needs Go 1.21; this file is compiled as Go {version} ({reason})',
      library: '{name} needs Go {since}; this file may be built with Go {version} ({reason})',
      'fix-loop': 'Replace with a delete loop',
    },
    'zh-cn': {
      builtin: '内置函数 clear 需要 Go 1.21；此文件按 Go {version} 编译（{reason}）',
      library: '{name} 需要 Go {since}；此文件可能用 Go {version} 构建（{reason}）',
      'fix-loop': '替换为删除循环',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
