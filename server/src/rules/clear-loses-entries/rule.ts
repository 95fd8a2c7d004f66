import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const clearLosesEntries = defineRule({
  id: 'clear-loses-entries',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.4'],
  messages: {
    en: {
      lost: '{what} is emptied after the await, and with it what {place} added meanwhile: that was never sent',
      sent: 'these elements are handed on here',
      other: 'this side adds elements while the function waits',
    },
    'zh-cn': {
      lost: '{what} 在 await 之后被清空，{place} 期间加入的内容也一并丢失：它们从未发送',
      sent: '这里交出的只是这些元素',
      other: '函数等待时，另一方在这里加入元素',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
