import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const wrongMapCleared = defineRule({
  id: 'wrong-map-cleared',
  category: 'clearing',
  severity: 'warning',
  since: '0.2.0',
  sections: ['1'],
  messages: {
    en: {
      empty: 'this loop ranges {ranged} but deletes from {deleted}, which is empty here; {ranged} keeps all its entries',
      nil: 'this loop ranges {ranged} but deletes from {deleted}, which is nil here; {ranged} keeps all its entries',
      emptied: '{deleted} gets its empty map here',
      fix: 'Delete from {ranged}',
      'caution-intent': 'removes the entries of {ranged}, which the present code keeps',
    },
    'zh-cn': {
      empty: '该循环遍历 {ranged}，却从此处为空的 {deleted} 中删除；{ranged} 的元素全部保留',
      nil: '该循环遍历 {ranged}，却从此处为 nil 的 {deleted} 中删除；{ranged} 的元素全部保留',
      emptied: '{deleted} 在这里得到空 map',
      fix: '改为从 {ranged} 中删除',
      'caution-intent': '会删除 {ranged} 的元素，而现有代码会保留它们',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
