import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const mixedAtomicAccess = defineRule({
  id: 'mixed-atomic-access',
  category: 'concurrency',
  severity: 'warning',
  messageSeverities: { 'read-elsewhere': 'information', 'write-elsewhere': 'information' },
  since: '0.4.0',
  sections: ['2.4'],
  messages: {
    en: {
      read: '{what} is read here without atomic, while {call} at {place} runs in another goroutine',
      write: '{what} is written here without atomic, while {call} at {place} runs in another goroutine',
      'read-elsewhere': '{what} is read here without atomic, while {call} at {place} expects other goroutines',
      'write-elsewhere': '{what} is written here without atomic, while {call} at {place} expects other goroutines',
      atomic: 'accessed atomically here',
      start: 'the goroutine starts here',
      'fix-atomic': 'Replace with {replacement}',
    },
    'zh-cn': {
      read: '这里未用 atomic 就读取 {what}，而 {place} 处的 {call} 在另一个 goroutine 里执行',
      write: '这里未用 atomic 就写入 {what}，而 {place} 处的 {call} 在另一个 goroutine 里执行',
      'read-elsewhere': '这里未用 atomic 就读取 {what}，而 {place} 处的 {call} 表明会有其他 goroutine 访问',
      'write-elsewhere': '这里未用 atomic 就写入 {what}，而 {place} 处的 {call} 表明会有其他 goroutine 访问',
      atomic: '在这里原子地访问',
      start: 'goroutine 在这里启动',
      'fix-atomic': '替换为 {replacement}',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
