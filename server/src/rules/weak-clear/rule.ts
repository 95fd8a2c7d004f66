import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const weakClear = defineRule({
  id: 'weak-clear',
  category: 'clearing',
  severity: 'warning',
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      found: '{kind} has no clear(): this call throws a TypeError; replace {name} by a new {kind}',
      fix: 'Replace {name} by a new {kind}',
      'caution-aliases': 'whoever else holds the old {kind} keeps it with its entries',
    },
    'zh-cn': {
      found: '{kind} 没有 clear() 方法：此调用会抛出 TypeError；请用新的 {kind} 替换 {name}',
      fix: '用新的 {kind} 替换 {name}',
      'caution-aliases': '其他仍持有旧 {kind} 的代码看到的还是原来的内容',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
