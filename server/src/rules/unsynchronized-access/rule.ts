import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const unsynchronizedAccess = defineRule({
  id: 'unsynchronized-access',
  category: 'concurrency',
  severity: 'warning',
  since: '0.3.0',
  sections: ['2.3', '2.5'],
  messageSeverities: { handler: 'information', method: 'information' },
  messages: {
    en: {
      'write-write': '{what} is written here and at {place} by tasks that may run at the same time, and nothing orders the two',
      'write-read': '{what} is written here while {place} may read it: nothing orders the two',
      'read-write': '{what} is read here while {place} may write it: nothing orders the two',
      instances: '{what} is written here by every goroutine that {place} starts, and nothing orders them',
      handler: '{what} is written here by code that may run for several requests at once, and nothing orders them',
      unlocked: '{what} is used here without {lock}, which {place} holds when it uses it at the same time',
      method: '{what} is used here without {lock}, which {place} holds: if this is called while that runs, nothing orders the two',
      write: 'the other side writes it',
      read: 'the other side reads it',
      'write-locked': 'the other side writes it and holds {lock}',
      'read-locked': 'the other side reads it and holds {lock}',
      start: 'what is started here runs at the same time',
      'fix-own': 'Give the goroutine a {name} of its own',
      'caution-own': 'the {name} around the goroutine no longer gets its value',
      'fix-lock': 'Take {lock} here',
      'caution-lock': 'a caller that holds {lock} would wait for ever',
    },
    'zh-cn': {
      'write-write': '这里与 {place} 都会写 {what}，两处可能同时运行，之间没有任何先后顺序',
      'write-read': '这里写 {what} 时，{place} 可能正在读它：两者之间没有任何先后顺序',
      'read-write': '这里读 {what} 时，{place} 可能正在写它：两者之间没有任何先后顺序',
      instances: '{place} 启动的每个 goroutine 都会在这里写 {what}，它们之间没有任何先后顺序',
      handler: '{what} 在这里被写，而这段代码可能同时为多个请求运行，它们之间没有任何先后顺序',
      unlocked: '这里使用 {what} 时没有持有 {lock}，而 {place} 可能正持有该锁使用它',
      method: '这里使用 {what} 时没有持有 {lock}，而 {place} 持有该锁：如果在它运行时调用这里，两者之间没有任何先后顺序',
      write: '另一方在这里写',
      read: '另一方在这里读',
      'write-locked': '另一方在这里写，并持有 {lock}',
      'read-locked': '另一方在这里读，并持有 {lock}',
      start: '从这里启动的代码会同时运行',
      'fix-own': '让该 goroutine 使用自己的 {name}',
      'caution-own': '外层的 {name} 将不再得到它的值',
      'fix-lock': '在这里对 {lock} 加锁',
      'caution-lock': '已经持有 {lock} 的调用方会永远等待',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
