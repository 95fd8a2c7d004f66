import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const staleWriteAfterClear = defineRule({
  id: 'stale-write-after-clear',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.4'],
  messages: {
    en: {
      cleared: '{what} is stored after an await, and {place} may have cleared it meanwhile: the old value comes back',
      removed: '{what} is stored after an await, and {place} may have removed it meanwhile: the old value comes back',
      suspended: 'the value is fetched here; the clear may run now',
      other: 'this side empties it while the writer waits',
      fix: 'Store it only if nothing was removed meanwhile',
      caution: 'what comes late is not stored: who asks next loads it again',
    },
    'zh-cn': {
      cleared: '{what} 在 await 之后存入，而 {place} 可能已在期间清空：旧值又回来了',
      removed: '{what} 在 await 之后存入，而 {place} 可能已在期间删除：旧值又回来了',
      suspended: '在这里取值；清空可能正在此时运行',
      other: '写入者等待时，另一方在这里清空',
      fix: '仅当期间没有移除过内容时才存入',
      caution: '迟到的内容不再存入：下一个请求者会重新加载',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
