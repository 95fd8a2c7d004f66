import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const nilReset = defineRule({
  id: 'nil-reset',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { 'nothing-at-end': 'information' },
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      nothing: '{place} becomes {value} here and is never given a {kind} again: the next use throws a TypeError',
      'nothing-at-end': '{place} becomes {value} here, and a use that comes afterwards throws a TypeError',
      used: 'used here without a look',
      'fix-clear': 'Empty it instead: {replacement}',
      'caution-shared': 'whoever else holds the {kind} sees it empty',
    },
    'zh-cn': {
      nothing: '{place} 在此处变为 {value}，之后再没有得到新的 {kind}：下一次使用会抛出 TypeError',
      'nothing-at-end': '{place} 在此处变为 {value}，之后再使用会抛出 TypeError',
      used: '此处未经检查就使用',
      'fix-clear': '改为清空：{replacement}',
      'caution-shared': '其他持有该 {kind} 的代码会看到它变空',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
