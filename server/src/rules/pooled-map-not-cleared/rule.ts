import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const pooledMapNotCleared = defineRule({
  id: 'pooled-map-not-cleared',
  category: 'clearing',
  severity: 'warning',
  since: '0.4.0',
  sections: ['3.2'],
  messages: {
    en: {
      uncleared: '{map} goes back into the pool with its entries, and nobody clears it: line {line} sees those of an earlier user',
      seen: 'this looks at all entries',
      fix: 'Insert {replacement}',
      caution: 'a user of the pool may rely on the entries that are there',
    },
    'zh-cn': {
      uncleared: '{map} 带着元素放回池中，没有任何地方清空它：第 {line} 行会看到之前使用者的元素',
      seen: '这里会看到所有元素',
      fix: '插入 {replacement}',
      caution: '池的某个使用者可能依赖其中已有的元素',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
