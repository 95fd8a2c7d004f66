import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const mutatedAfterUnlock = defineRule({
  id: 'mutated-after-unlock',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.2'],
  supersedes: ['inconsistent-guard', 'unsynchronized-access'],
  messages: {
    en: {
      mutated: '{member} was read under {lock}, but is changed here after the unlock',
      'put-mutated': 'this map was put into {member} under {lock}, but is changed here after the unlock',
      read: 'read here under {lock}',
      put: 'put there under {lock}',
      unlocked: 'unlocked here',
      changed: 'changed in place here under {lock}',
      fix: 'Unlock {lock} after the change',
      'caution-fix': '{lock} is held for longer',
    },
    'zh-cn': {
      mutated: '{member} 在 {lock} 下读出，却在解锁之后的这里修改',
      'put-mutated': '该映射在 {lock} 下存入 {member}，却在解锁之后的这里修改',
      read: '在这里于 {lock} 下读出',
      put: '在这里于 {lock} 下存入',
      unlocked: '在这里解锁',
      changed: '在这里于 {lock} 下原地修改',
      fix: '修改之后再解锁 {lock}',
      'caution-fix': '{lock} 的持有时间会变长',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
