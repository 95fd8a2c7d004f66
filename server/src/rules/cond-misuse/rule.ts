import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const condMisuse = defineRule({
  id: 'cond-misuse',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.5'],
  messages: {
    en: {
      once: '{wait} is not in a loop: when it returns, the condition may not hold (any more)',
      unlocked: '{wait} is called without its lock: it unlocks a free lock, which ends the program',
      'fix-loop': 'Test the condition again after the wait',
    },
    'zh-cn': {
      once: '{wait} 不在循环中：它返回时，条件可能（已经）不成立',
      unlocked: '调用 {wait} 时没有持有它的锁：它会对未加锁的锁解锁，使程序崩溃',
      'fix-loop': '等待之后再次检查条件',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
