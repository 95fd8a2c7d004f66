import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const blockedWhileLocked = defineRule({
  id: 'blocked-while-locked',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.3'],
  messages: {
    en: {
      blocked: 'this waits while {lock} is held, and the other side at {place} needs {lock} first: neither goes on',
      'may-block': 'this waits while {lock} is held: if the task that ends at {place} comes to {lock} meanwhile, neither goes on',
      met: 'the other side locks it here',
      held: 'the lock is held from here on',
      needed: 'the other side locks it here first',
      other: 'the other side',
    },
    'zh-cn': {
      blocked: '这里持有 {lock} 时等待，而 {place} 处的另一方要先获得 {lock}：双方都无法继续',
      'may-block': '这里持有 {lock} 时等待：如果在 {place} 处结束的任务此时要获得 {lock}，双方都无法继续',
      met: '另一方在这里加锁',
      held: '从这里开始持有锁',
      needed: '另一方要先在这里加锁',
      other: '另一方在这里',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
