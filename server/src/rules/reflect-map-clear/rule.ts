import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const reflectMapClear = defineRule({
  id: 'reflect-map-clear',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { zero: 'information', kind: 'information' },
  since: '0.2.0',
  sections: ['4.2'],
  messages: {
    en: {
      missing: '{name} does not exist; {replacement} does this',
      zero: 'this stores a zero element under every key of {map} and deletes none; SetMapIndex deletes only with reflect.Value{}',
      kind: '{map}.Clear panics unless {argument} holds a map or a slice, and nothing here looks at its Kind',
      fix: 'Replace with {replacement}',
      'fix-delete': 'Delete the keys: pass reflect.Value{}',
      'caution-delete': 'deletes the entries that the present code keeps with zero elements',
    },
    'zh-cn': {
      missing: '{name} 并不存在；应使用 {replacement}',
      zero: '这里给 {map} 的每个键存入零值，一个也没有删除；只有传入 reflect.Value{} 时 SetMapIndex 才会删除',
      kind: '如果 {argument} 不是 map 或切片，{map}.Clear 会 panic，而这里没有检查它的 Kind',
      fix: '替换为 {replacement}',
      'fix-delete': '删除这些键：传入 reflect.Value{}',
      'caution-delete': '会删除现有代码以零值保留的元素',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
