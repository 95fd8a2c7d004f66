import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const uselessLock = defineRule({
  id: 'useless-lock',
  category: 'concurrency',
  severity: 'warning',
  // Another object may be meant.
  messageSeverities: { disjoint: 'information' },
  supersedes: ['inconsistent-guard', 'unsynchronized-access'],
  since: '0.4.0',
  sections: ['2.2'],
  messages: {
    en: {
      local: '{lock} is new in every call, so it keeps nobody away from {member}',
      other: '{lock} is held at {member}, but {guard} is what guards it at {held} of {all} uses',
      disjoint: '{lock} is held where {member} is changed, but whoever uses it holds {guard}, a lock of its own object',
      spawner: '{lock} is held by the function that starts this goroutine, not by the goroutine, which uses {member}',
      member: '{member} is used here',
      locked: '{lock} is locked here',
      changed: '{member} is used here under {guard}',
    },
    'zh-cn': {
      local: '{lock} 在每次调用时都是新的，挡不住其他 goroutine 访问 {member}',
      other: '使用 {member} 时持有的是 {lock}，而 {all} 处使用中有 {held} 处由 {guard} 保护',
      disjoint: '修改 {member} 时持有的是 {lock}，而使用它的一方持有的是它所在对象自己的锁 {guard}',
      spawner: '持有 {lock} 的是启动这个 goroutine 的函数，而不是使用 {member} 的 goroutine 自己',
      member: '这里使用 {member}',
      locked: '{lock} 在这里加锁',
      changed: '这里在 {guard} 下使用 {member}',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
