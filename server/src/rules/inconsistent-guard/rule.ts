import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const inconsistentGuard = defineRule({
  id: 'inconsistent-guard',
  category: 'concurrency',
  severity: 'information',
  // Comments are read as they are meant: what they leave out (other phases, tokens that do the same) is not in them.
  messageSeverities: { required: 'warning' },
  since: '0.4.0',
  sections: ['2.2'],
  supersedes: ['unsynchronized-access'],
  messages: {
    en: {
      container: '{member} is used here without {lock}, which is held at {held} of {all} uses of it (lines {lines})',
      'container-called': '{member} is used here without {lock}, which is held at {held} of {all} uses of it (lines {lines}); {function} calls this without it',
      value: '{member} is used here without {lock}, which is held at {held} of {all} uses of it (lines {lines})',
      'value-called': '{member} is used here without {lock}, which is held at {held} of {all} uses of it (lines {lines}); {function} calls this without it',
      stated: '{member} is used here without {lock}, which guards it by its comment and is held at {held} of {all} uses of it (lines {lines})',
      'stated-called': '{member} is used here without {lock}, which guards it by its comment and is held at {held} of {all} uses of it (lines {lines}); {function} calls this without it',
      'read-outside': '{member} is read here outside the sections of {lock}, which this function takes in line {line} and under which others change it',
      'write-outside': '{member} is changed here after {lock} was released, which this function takes in line {line} and under which others use it',
      'read-beside': '{member} is read here without {lock}, which all that changes it holds (lines {lines})',
      also: 'this is the same',
      taken: '{lock} is taken here',
      required: '{function} is called here without {lock}, which its callers must hold by its comment',
      says: 'the comment says so',
      fix: 'Take {lock} here',
      'caution-fix': 'a caller that holds {lock} would wait for ever',
      called: 'called here without {lock}',
      changed: '{member} is changed here under {lock}',
      used: '{member} is used here under {lock}',
    },
    'zh-cn': {
      container: '这里使用 {member} 时没有持有 {lock}，而 {all} 处使用中有 {held} 处持有它（第 {lines} 行）',
      'container-called': '这里使用 {member} 时没有持有 {lock}，而 {all} 处使用中有 {held} 处持有它（第 {lines} 行）；{function} 调用这里时也没有持有',
      value: '这里使用 {member} 时没有持有 {lock}，而 {all} 处使用中有 {held} 处持有它（第 {lines} 行）',
      'value-called': '这里使用 {member} 时没有持有 {lock}，而 {all} 处使用中有 {held} 处持有它（第 {lines} 行）；{function} 调用这里时也没有持有',
      stated: '注释说 {member} 由 {lock} 保护，{all} 处使用中也有 {held} 处持有它（第 {lines} 行），这里却没有',
      'stated-called': '注释说 {member} 由 {lock} 保护，{all} 处使用中也有 {held} 处持有它（第 {lines} 行），这里却没有；{function} 调用这里时也没有持有',
      'read-outside': '{member} 在 {lock} 的临界区之外读取；本函数在第 {line} 行获取该锁，而别处的修改都持有它',
      'write-outside': '{lock} 释放之后才在这里修改 {member}；本函数在第 {line} 行获取该锁，而别处的使用都持有它',
      'read-beside': '这里读取 {member} 时没有持有 {lock}，而所有修改它的地方都持有它（第 {lines} 行）',
      also: '这里也是一样',
      taken: '在这里获取 {lock}',
      required: '这里调用 {function} 时没有持有 {lock}，而它的注释要求调用方持有',
      says: '注释是这样说的',
      fix: '在这里对 {lock} 加锁',
      'caution-fix': '已经持有 {lock} 的调用方会永远等待',
      called: '在这里未持有 {lock} 就调用',
      changed: '这里在 {lock} 下修改 {member}',
      used: '这里在 {lock} 下使用 {member}',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
