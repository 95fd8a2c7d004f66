import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const sharedLockReplaced = defineRule({
  id: 'shared-lock-replaced',
  category: 'concurrency',
  severity: 'warning',
  messageSeverities: { replaced: 'information' },
  supersedes: ['unsynchronized-access', 'inconsistent-guard', 'copied-lock'],
  since: '0.4.0',
  sections: ['2.1', '2.5', '4.4'],
  messages: {
    en: {
      replaced: '{what} is overwritten with its sync.{type}: whoever uses it at this moment works on the old state and leaves it in the new one',
      held: '{what} is overwritten while {lock} in it is held since line {line}: the unlock then meets a free lock',
      locked: '{lock} is locked here',
      'fix-clear': 'Clear {what} instead',
    },
    'zh-cn': {
      replaced: '{what} 连同其中的 sync.{type} 被整体覆盖：此刻正在使用它的一方按旧状态操作，结果却落到新值上',
      held: '{what} 被覆盖时，其中的 {lock} 从第 {line} 行起仍被持有：随后解锁的是一把未加锁的锁',
      locked: '{lock} 在这里加锁',
      'fix-clear': '改为清空 {what}',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
