import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const missingUnlock = defineRule({
  id: 'missing-unlock',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.2'],
  messages: {
    en: {
      return: '{lock}, locked in line {line}, is still locked when this returns',
      again: 'one path through the loop goes on to the next round without unlocking {lock}, locked here',
      mismatch: '{lock} is locked for reading in line {line}, but this is its Unlock',
      'mismatch-read': '{lock} is locked for writing in line {line}, but this is its RUnlock',
      'deferred-lock': 'this locks {lock} again when the function returns; it is locked since line {line}',
      'locked-at-end': '{lock} is only locked when this function returns, and nobody unlocks it then',
      'empty-section': '{lock} is unlocked right after it is locked; what follows uses {field} without it',
      locked: '{lock} is locked here',
      unlocked: 'another path unlocks it here',
      used: '{field} is used here',
      'fix-insert': 'Unlock {lock} before this return',
      'fix-defer': 'Unlock {lock} with defer',
      'caution-insert': 'the results are then evaluated after the unlock',
      'caution-defer': 'keeps the lock until the function returns',
      'fix-replace': 'Call {call}',
      'fix-lock-now': 'Call {call} here, and unlock with defer',
    },
    'zh-cn': {
      return: '{lock} 在第 {line} 行加锁，到这里返回时仍未解锁',
      again: '循环中有一条路径没有解锁 {lock} 就进入下一轮，它在这里加锁',
      mismatch: '{lock} 在第 {line} 行加的是读锁，这里调用的却是 Unlock',
      'mismatch-read': '{lock} 在第 {line} 行加的是写锁，这里调用的却是 RUnlock',
      'deferred-lock': '函数返回时这里会再次对 {lock} 加锁，而它从第 {line} 行起就已持有',
      'locked-at-end': '{lock} 在函数返回时才加锁，之后没有人解锁它',
      'empty-section': '{lock} 加锁后立即解锁，后面使用 {field} 时并未持有它',
      locked: '{lock} 在这里加锁',
      unlocked: '另一条路径在这里解锁',
      used: '这里使用了 {field}',
      'fix-insert': '在返回前解锁 {lock}',
      'fix-defer': '用 defer 解锁 {lock}',
      'caution-insert': '返回值将在解锁之后求值',
      'caution-defer': '锁会一直持有到函数返回',
      'fix-replace': '改为调用 {call}',
      'fix-lock-now': '在这里调用 {call}，并用 defer 解锁',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
