import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const clearKeepsCapacity = defineRule({
  id: 'clear-keeps-capacity',
  category: 'clearing',
  severity: 'hint',
  since: '0.4.0',
  sections: ['1', '3.1'],
  messages: {
    en: {
      large: 'clearing {map} takes time for the {capacity} entries it was made for, of which each round uses at most {elements} (before Go 1.25)',
      made: 'made for {capacity} entries here',
      fix: 'Replace with {replacement}',
      caution: 'allocates a new map in each round, and whoever else holds the old one keeps it',
    },
    'zh-cn': {
      large: '清空 {map} 的耗时取决于创建时的 {capacity} 个元素的容量，而每轮最多只用到 {elements} 个（Go 1.25 之前）',
      made: '在这里按 {capacity} 个元素创建',
      fix: '替换为 {replacement}',
      caution: '每轮都会分配一个新 map，其他持有旧 map 的代码仍保留旧的',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
