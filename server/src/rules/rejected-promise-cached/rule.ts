import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const rejectedPromiseCached = defineRule({
  id: 'rejected-promise-cached',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.1'],
  messages: {
    en: {
      kept: 'the promise stored in {what} stays there if it rejects: every later call gets the same error',
      fix: 'Remove the entry when the promise rejects',
      caution: 'after an error the next call tries again',
    },
    'zh-cn': {
      kept: '存入 {what} 的 promise 即使失败也会留在那里：之后每次调用都会得到同一个错误',
      fix: 'promise 失败时删除条目',
      caution: '出错之后，下一次调用会重试',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
