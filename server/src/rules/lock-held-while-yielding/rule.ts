import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const lockHeldWhileYielding = defineRule({
  id: 'lock-held-while-yielding',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.2'],
  messages: {
    en: {
      callback: '{function} calls this function with {lock} held, and it locks it again here: it waits for itself',
      loop: '{function} runs the body of this loop with {lock} held, and it locks it again here: it waits for itself',
      called: '{function} calls it here',
      held: '{lock} is locked here',
    },
    'zh-cn': {
      callback: '{function} 在持有 {lock} 时调用这个函数，而它在这里再次加锁：会永远等待自己',
      loop: '{function} 在持有 {lock} 时执行这个循环的循环体，而它在这里再次加锁：会永远等待自己',
      called: '{function} 在这里调用它',
      held: '{lock} 在这里加锁',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
