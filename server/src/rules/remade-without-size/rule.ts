import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const remadeWithoutSize = defineRule({
  id: 'remade-without-size',
  category: 'clearing',
  severity: 'hint',
  since: '0.2.0',
  sections: ['1'],
  messages: {
    en: {
      found: '{map} is made anew without a size and filled again, 2–4 times slower than reusing it or giving the size',
      size: '{map} gets room for {size} entries here',
      'fix-size': 'Make it with the size {size}',
      'fix-clear': 'Replace with {replacement}',
      'caution-holders': 'whoever holds the present map sees it emptied',
    },
    'zh-cn': {
      found: '{map} 重新创建时没有给出大小，随后又被填满，比重用或给出大小慢 2–4 倍',
      size: '{map} 在这里预留了 {size} 个元素的空间',
      'fix-size': '创建时给出大小 {size}',
      'fix-clear': '替换为 {replacement}',
      'caution-holders': '仍持有当前 map 的代码会看到它被清空',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
