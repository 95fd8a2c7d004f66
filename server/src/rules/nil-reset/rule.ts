import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const nilReset = defineRule({
  id: 'nil-reset',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { ending: 'information', 'nothing-at-end': 'information' },
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      reset: '{map} is set to nil, and nothing makes it again: {function} (line {line}) panics when it inserts afterwards',
      ending: '{map} is set to nil: if {function} (line {line}) is called afterwards, it panics when it inserts',
      insert: 'this inserts without a test for nil',
      fix: 'Replace with {replacement}',
      'caution-clear': 'whoever else holds the map sees its entries go',
      'caution-make': 'allocates a map that may not be needed any more',
      nothing: '{place} becomes {value} here and is never given a {kind} again: the next use throws a TypeError',
      'nothing-at-end': '{place} becomes {value} here, and a use that comes afterwards throws a TypeError',
      used: 'used here without a look',
      'fix-clear': 'Empty it instead: {replacement}',
      'caution-shared': 'whoever else holds the {kind} sees it empty',
    },
    'zh-cn': {
      reset: '{map} 被设为 nil，之后没有代码重新创建它：{function}（第 {line} 行）再插入时会 panic',
      ending: '{map} 被设为 nil：若之后调用 {function}（第 {line} 行），插入时会 panic',
      insert: '这里插入元素，没有判断 nil',
      fix: '替换为 {replacement}',
      'caution-clear': '其他持有这个 map 的代码也会看到元素消失',
      'caution-make': '会分配一个可能不再需要的 map',
      nothing: '{place} 在此处变为 {value}，之后再没有得到新的 {kind}：下一次使用会抛出 TypeError',
      'nothing-at-end': '{place} 在此处变为 {value}，之后再使用会抛出 TypeError',
      used: '此处未经检查就使用',
      'fix-clear': '改为清空：{replacement}',
      'caution-shared': '其他持有该 {kind} 的代码会看到它变空',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
