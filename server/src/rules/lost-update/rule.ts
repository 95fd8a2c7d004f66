import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const lostUpdate = defineRule({
  id: 'lost-update',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.4'],
  messages: {
    en: {
      lost: '{what} is computed from what it was before the await: what others wrote since then is lost',
      read: 'here two calls A and B read {what}',
      suspended: 'here A waits; B runs up to the same place',
      both: 'here A writes {what}; then B overwrites it with what it computed from the old value',
      fix: 'Await first, then read',
      caution: 'what is awaited is then computed before the old value is read',
    },
    'zh-cn': {
      lost: '{what} 由 await 之前的值算出：此后别人写入的值会丢失',
      read: 'A 和 B 都在这里读取 {what}',
      suspended: 'A 在这里等待；B 也运行到同一处',
      both: 'A 写入 {what}；随后 B 用由旧值算出的结果覆盖它',
      fix: '先 await，再读取',
      caution: '等待的表达式会在读取旧值之前求值',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
