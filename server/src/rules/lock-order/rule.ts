import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const lockOrder = defineRule({
  id: 'lock-order',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.2'],
  messages: {
    en: {
      order: '{second} is locked here while {first} is held; {function} locks them the other way round, and both together wait for ever',
      kinds: '{second} is locked here while {first} is held; {function} takes locks of these two kinds the other way round: of the same objects both wait for ever',
      circle: '{second} is locked here while {first} is held; {function} go on from there back to it: of the same objects all wait for ever',
      held: '{lock} is held from here',
      taken: '{function} locks {lock} here',
      'other-held': '{function} holds {lock} from here',
      'other-taken': '{function} then locks {lock}',
    },
    'zh-cn': {
      order: '这里在持有 {first} 时对 {second} 加锁，而 {function} 的加锁顺序相反：两者同时运行会互相等待',
      kinds: '这里在持有 {first} 时对 {second} 加锁，而 {function} 对这两种锁的加锁顺序相反：如果是同样的对象，两者会互相等待',
      circle: '这里在持有 {first} 时对 {second} 加锁，而 {function} 又从那里一路锁回来：如果是同样的对象，就会循环等待',
      held: '从这里起持有 {lock}',
      taken: '{function} 在这里对 {lock} 加锁',
      'other-held': '{function} 从这里起持有 {lock}',
      'other-taken': '{function} 随后对 {lock} 加锁',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
