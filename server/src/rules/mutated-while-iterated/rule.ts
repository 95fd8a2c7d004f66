import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const mutatedWhileIterated = defineRule({
  id: 'mutated-while-iterated',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { insert: 'information', 'insert-after-delete': 'information' },
  since: '0.2.0',
  sections: ['1', '4.4'],
  messages: {
    en: {
      insert: 'this may add a key to {map} while the loop ranges it: the loop visits new entries or not, differently each time',
      'insert-after-delete': 'this puts a key back into {map} while the loop ranges it: the loop visits it again or not, differently each time',
      loop: 'the loop over {map}',
      fix: 'Range a copy of {map}',
      'caution-copy': 'copies the map, and new entries are then never visited',
    },
    'zh-cn': {
      insert: '循环正在遍历 {map}，这里可能向它加入新键：新元素会不会被访问到，每次都可能不同',
      'insert-after-delete': '循环正在遍历 {map}，这里把键重新放回：它会不会再次被访问到，每次都可能不同',
      loop: '遍历 {map} 的循环',
      fix: '遍历 {map} 的副本',
      'caution-copy': '会复制整个 map，新元素因此不再被访问',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
