import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const nanKeySurvives = defineRule({
  id: 'nan-key-survives',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { interface: 'information' },
  since: '0.2.0',
  sections: ['1'],
  supersedes: ['delete-loop'],
  messages: {
    en: {
      float: 'entries of {map} whose key is NaN survive: a key of type {key} can be NaN, which delete never finds',
      interface: 'entries of {map} whose key holds a NaN survive: delete never finds them',
      fix: 'Replace with {replacement} (also removes NaN keys)',
      'caution-behaviour': 'clear removes entries that the present code leaves in the map',
    },
    'zh-cn': {
      float: '{map} 中键为 NaN 的元素会留下：{key} 类型的键可能是 NaN，delete 永远找不到它',
      interface: '{map} 中键含有 NaN 的元素会留下：delete 永远找不到它们',
      fix: '替换为 {replacement}（同时删除键为 NaN 的元素）',
      'caution-behaviour': 'clear 会删除现有代码留在 map 中的元素',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
