import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const writeUnderReadLock = defineRule({
  id: 'write-under-read-lock',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.2'],
  supersedes: ['guarded-map-escapes', 'mutated-after-unlock', 'inconsistent-guard', 'unsynchronized-access'],
  messages: {
    en: {
      write: 'this changes {member} with only the read lock of {lock} held: other readers run at the same time',
      'write-called': 'this changes {member}; {function} calls it with only the read lock of {lock} held',
      locked: 'the read lock is taken here',
      called: 'called here under the read lock',
      other: '{member} is used here under {lock}',
      fix: 'Take the write lock',
      'caution-fix': 'readers then wait for this function',
    },
    'zh-cn': {
      write: '这里修改 {member} 时只持有 {lock} 的读锁：其他读者同时也在运行',
      'write-called': '这里修改 {member}，而 {function} 调用它时只持有 {lock} 的读锁',
      locked: '读锁在这里加上',
      called: '在这里持读锁调用',
      other: '这里在 {lock} 下使用 {member}',
      fix: '改用写锁',
      'caution-fix': '读者随后要等待这个函数',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
