import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const guardedMapEscapes = defineRule({
  id: 'guarded-map-escapes',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.2'],
  supersedes: ['inconsistent-guard', 'unsynchronized-access'],
  messages: {
    en: {
      returned: '{member} is guarded by {lock} and returned as it is: the caller looks at it without the lock',
      iterator: 'the iterator over {member} looks at it when it is ranged, after {lock} was released',
      sent: '{member} is guarded by {lock} and sent as it is: the receiver looks at it without the lock',
      passed: '{member} was read under {lock} and is passed on after the unlock',
      'looked-at': '{member} was read under {lock}, but its elements are looked at after the unlock',
      'put-looked-at': 'this map was put into {member} under {lock}, but its elements are looked at after the unlock',
      put: 'put there under {lock}',
      'pointer-used': 'what this points to was taken from {member} under {lock}, but its {field} is used after the unlock',
      'pointer-passed': 'what {member} points to was taken under {lock} and is passed on after the unlock, to code that uses its {field}',
      taken: 'taken here under {lock}',
      'field-changed': '{field} is changed here under {lock}',
      read: 'read here under {lock}',
      changed: 'changed in place here under {lock}',
      'fix-clone': 'Return a copy',
      'caution-fix': 'copies all elements under the lock',
    },
    'zh-cn': {
      returned: '{member} 由 {lock} 保护，这里却原样返回：调用者会在不持锁的情况下访问它',
      iterator: '{member} 的迭代器到遍历时才访问它，那时 {lock} 已经释放',
      sent: '{member} 由 {lock} 保护，这里却原样发送：接收者会在不持锁的情况下访问它',
      passed: '{member} 在 {lock} 下读出，解锁后又传给别处',
      'looked-at': '{member} 在 {lock} 下读出，但解锁之后才访问其中的元素',
      'put-looked-at': '该映射在 {lock} 下存入 {member}，但解锁之后还在访问其中的元素',
      put: '在这里于 {lock} 下存入',
      'pointer-used': '该指针在 {lock} 下取自 {member}，解锁之后却还在使用它的 {field}',
      'pointer-passed': '{member} 中的指针在 {lock} 下取出，解锁后传给了会使用其 {field} 的代码',
      taken: '在这里于 {lock} 下取出',
      'field-changed': '{field} 在这里于 {lock} 下被修改',
      read: '在这里于 {lock} 下读出',
      changed: '在这里于 {lock} 下原地修改',
      'fix-clone': '返回副本',
      'caution-fix': '会在持锁期间复制所有元素',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
