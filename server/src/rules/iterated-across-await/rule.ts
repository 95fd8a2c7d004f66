import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const iteratedAcrossAwait = defineRule({
  id: 'iterated-across-await',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.3'],
  messages: {
    en: {
      moved: '{what} is iterated with an await in each turn, and {place} may move its elements meanwhile: some are skipped',
      suspended: 'each turn waits here',
      other: 'this side removes elements from the same array',
      fix: 'Iterate a snapshot',
      caution: 'elements that are added while the loop runs are no longer visited',
    },
    'zh-cn': {
      moved: '遍历 {what} 时每一轮都有 await，而 {place} 可能在此期间移动其中的元素：有些会被跳过',
      suspended: '每一轮都在这里等待',
      other: '另一方从同一个数组中移除元素',
      fix: '改为遍历快照',
      caution: '循环期间加入的元素不再被访问',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
