import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const requestStateInModule = defineRule({
  id: 'request-state-in-module',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.5'],
  messages: {
    en: {
      shared: '{what} is read after the await as if it were still what this call wrote: another call may have written its own',
      wrote: 'this call writes {what} here',
      suspended: 'this call waits here; another one may write {what}',
    },
    'zh-cn': {
      shared: 'await 之后读取 {what}，仿佛它仍是本次调用写入的值：另一次调用可能已写入自己的',
      wrote: '本次调用在这里写入 {what}',
      suspended: '本次调用在这里等待；另一次调用可能写入 {what}',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
