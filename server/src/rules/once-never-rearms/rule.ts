import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const onceNeverRearms = defineRule({
  id: 'once-never-rearms',
  category: 'concurrency',
  severity: 'information',
  messageSeverities: { flag: 'warning' },
  since: '0.4.0',
  sections: ['2.5'],
  supersedes: ['unsynchronized-access'],
  messages: {
    en: {
      cleared: '{once} clears {what} at the first call only: what is added at {place} afterwards stays',
      flag: '{what} is set by a goroutine that {once} at {place} starts and does not wait for',
      clear: 'cleared here',
      refill: 'filled again here',
      other: 'used here without waiting for it',
      once: 'the goroutine is started in here',
      'fix-always': 'Clear at every call',
      'caution-always': 'what {once} ran only once, with all that goes with it, runs at every call',
      'fix-mutex': 'Clear at every call, under {lock}',
      'caution-mutex': 'all that is in there runs at every call, and {lock} keeps only these calls apart, not other uses of what they clear',
    },
    'zh-cn': {
      cleared: '{once} 只在第一次调用时清空 {what}：之后在 {place} 处加入的内容会一直保留',
      flag: '{what} 由 {place} 处 {once} 启动的 goroutine 设置，而那里并不等待它',
      clear: '在这里清空',
      refill: '在这里再次填入',
      other: '没有等待它就在这里使用',
      once: 'goroutine 在这里面启动',
      'fix-always': '每次调用都清空',
      'caution-always': '{once} 原来只执行一次的全部代码，以后每次调用都会执行',
      'fix-mutex': '每次调用都清空，并持有 {lock}',
      'caution-mutex': '其中的全部代码每次调用都会执行；{lock} 只把这些调用彼此隔开，并不保护别处对所清空内容的使用',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
