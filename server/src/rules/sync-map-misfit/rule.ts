import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const syncMapMisfit = defineRule({
  id: 'sync-map-misfit',
  category: 'concurrency',
  severity: 'off',
  since: '0.4.0',
  sections: ['2.1'],
  messages: {
    en: {
      cleared: '{map} is a sync.Map that a loop empties again and again: a mutex and a map do that faster',
      written: '{map} is a sync.Map that is written at {writes} places and read at {reads}: a mutex and a map do that faster',
      write: 'written here as well',
    },
    'zh-cn': {
      cleared: '{map} 是 sync.Map，却在循环里反复清空：用互斥锁加普通 map 更快',
      written: '{map} 是 sync.Map，却有 {writes} 处写入、{reads} 处读取：用互斥锁加普通 map 更快',
      write: '这里也在写入',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
