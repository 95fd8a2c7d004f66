import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const doubleLock = defineRule({
  id: 'double-lock',
  category: 'concurrency',
  severity: 'warning',
  messageSeverities: { 'read-again': 'information', 'read-again-call': 'information' },
  since: '0.4.0',
  sections: ['2.2', '4.4'],
  messages: {
    en: {
      lock: '{lock} is locked again while it is held since line {line}: this waits for itself',
      'lock-call': 'this calls {function}, which locks {lock}, held here since line {line}: it waits for itself',
      upgrade: '{lock} is locked for writing while it is held for reading since line {line}: this waits for itself',
      'upgrade-call': 'this calls {function}, which locks {lock} for writing, held for reading here since line {line}: it waits for itself',
      downgrade: '{lock} is locked for reading while it is held for writing since line {line}: this waits for itself',
      'downgrade-call': 'this calls {function}, which locks {lock} for reading, held for writing here since line {line}: it waits for itself',
      'read-again': '{lock} is locked for reading twice, first in line {line}: with a writer waiting in between this never ends',
      'read-again-call': 'this calls {function}, which locks {lock} for reading as line {line} did: with a writer waiting in between this never ends',
      unlock: '{lock} is unlocked here and again in line {line}: unlocking a free lock ends the program',
      'unlock-free': '{lock} is unlocked here, though neither this function nor one that calls it locks it: unlocking a free lock ends the program',
      held: '{lock} is locked here',
      taken: '{function} locks it here',
      released: 'unlocked a second time here',
    },
    'zh-cn': {
      lock: '{lock} 从第 {line} 行起就已持有，这里再次加锁会永远等待自己',
      'lock-call': '这里调用的 {function} 会对 {lock} 加锁，而它从第 {line} 行起就已持有：会永远等待自己',
      upgrade: '{lock} 从第 {line} 行起持有读锁，这里再加写锁会永远等待自己',
      'upgrade-call': '这里调用的 {function} 会对 {lock} 加写锁，而第 {line} 行加的读锁仍未释放：会永远等待自己',
      downgrade: '{lock} 从第 {line} 行起持有写锁，这里再加读锁会永远等待自己',
      'downgrade-call': '这里调用的 {function} 会对 {lock} 加读锁，而第 {line} 行加的写锁仍未释放：会永远等待自己',
      'read-again': '{lock} 被重复加读锁，第一次在第 {line} 行：期间若有写者等待，就会死锁',
      'read-again-call': '这里调用的 {function} 会对 {lock} 加读锁，而第 {line} 行已加过：期间若有写者等待，就会死锁',
      unlock: '{lock} 在这里解锁后，又在第 {line} 行解锁：解锁未加锁的锁会使程序崩溃',
      'unlock-free': '{lock} 在这里解锁，但本函数及其调用者都没有对它加锁：解锁未加锁的锁会使程序崩溃',
      held: '{lock} 在这里加锁',
      taken: '{function} 在这里对它加锁',
      released: '在这里第二次解锁',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
