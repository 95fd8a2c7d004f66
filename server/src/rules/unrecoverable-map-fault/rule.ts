import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const unrecoverableMapFault = defineRule({
  id: 'unrecoverable-map-fault',
  category: 'clearing',
  severity: 'warning',
  since: '0.4.0',
  sections: ['4.4'],
  messages: {
    en: {
      race: 'recover does not stop what {access} at {place} may cause: maps used at the same time end the process',
      text: 'recover never sees this message: maps used at the same time end the process',
      access: 'one use of the map',
      other: 'another at the same time',
      'fix-lock': 'Take {lock} for both uses',
      'caution-lock': 'a caller that holds {lock} would wait for ever',
      'fix-mutex': 'Guard both uses by a mutex {lock}',
      'caution-mutex': '{lock} guards these two places: other uses of the map must take it as well',
    },
    'zh-cn': {
      race: 'recover 拦不住 {place} 处的 {access} 可能引发的错误：并发使用 map 会直接终止进程',
      text: 'recover 永远看不到这条消息：并发使用 map 会直接终止进程',
      access: '这里使用 map',
      other: '同时在这里使用',
      'fix-lock': '两处都持有 {lock}',
      'caution-lock': '已经持有 {lock} 的调用方会永远等待',
      'fix-mutex': '用互斥锁 {lock} 保护这两处',
      'caution-mutex': '{lock} 只保护这两处：使用该 map 的其他地方也必须加锁',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
