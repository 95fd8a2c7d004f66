import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const deleteLoop = defineRule({
  id: 'delete-loop',
  category: 'clearing',
  severity: 'hint',
  messageSeverities: { slow: 'information', range: 'information', reflect: 'information' },
  since: '0.2.0',
  sections: ['1', '2.1', '4.2'],
  messages: {
    en: {
      plain: 'this loop deletes every key of {map}; use {replacement}',
      slow: 'this loop deletes the keys of {map} one by one, 7–12 times slower than {replacement}: {reason}',
      range: 'this Range deletes the entries of {map} one by one and misses what is stored meanwhile; use {replacement}',
      reflect: 'this loop copies and deletes every key of {map}; use {replacement}',
      function: 'this call deletes every key of {map}; use {replacement}',
      fix: 'Replace with {replacement}',
      'fix-loop': 'Write the loop as the compiler recognises it',
      'caution-nan': 'also removes entries whose key is NaN',
      'caution-version': 'needs Go {version}; no go.mod says which version this is',
    },
    'zh-cn': {
      plain: '该循环逐个删除了 {map} 的所有键；请改用 {replacement}',
      slow: '该循环逐个删除 {map} 的键，比 {replacement} 慢 7–12 倍：{reason}',
      range: 'Range 逐个删除 {map} 的元素，并会漏掉期间存入的元素；请改用 {replacement}',
      reflect: '该循环复制并逐个删除 {map} 的所有键；请改用 {replacement}',
      function: '该调用删除了 {map} 的所有键；请改用 {replacement}',
      fix: '替换为 {replacement}',
      'fix-loop': '改写为编译器能识别的循环',
      'caution-nan': '还会删除键为 NaN 的元素',
      'caution-version': '需要 Go {version}；没有 go.mod 说明此处的版本',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
