import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const clearKeepsLength = defineRule({
  id: 'clear-keeps-length',
  category: 'clearing',
  severity: 'warning',
  since: '0.2.0',
  sections: ['1'],
  messages: {
    en: {
      found: 'clear sets the elements of {slice} to zero and keeps its length; what follows takes it for empty',
      append: '{slice} is appended to here, behind the zeroed elements',
      holes: 'delete leaves a hole in {list}, whose length stays what it was',
      'fix-length': 'Replace with {replacement}',
      fix: 'Empty {slice} instead',
      'fix-also': 'Empty {slice} after clearing it',
      'caution-length': 'the length becomes 0, which the present code does not do',
    },
    'zh-cn': {
      found: 'clear 只把 {slice} 的元素置零，长度不变；之后的代码却把它当作空切片',
      append: '此处向 {slice} 追加，位置在被置零的元素之后',
      holes: 'delete 只在 {list} 中留下空位，长度保持不变',
      'fix-length': '替换为 {replacement}',
      fix: '改为清空 {slice}',
      'fix-also': '清零之后再截断 {slice}',
      'caution-length': '长度会变为 0，而现有代码并不会这样做',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
