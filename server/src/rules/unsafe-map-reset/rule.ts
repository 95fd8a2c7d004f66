import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const unsafeMapReset = defineRule({
  id: 'unsafe-map-reset',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { 'header-read': 'information', 'linkname-read': 'information' },
  since: '0.2.0',
  sections: ['3.2', '4.1'],
  messages: {
    en: {
      variable: 'this reads the map variable {map} itself as a {type}: a map variable is one pointer, so what lies behind it in memory is overwritten',
      header: 'this writes the runtime\'s header of {map} through {type}; it can hang or corrupt the program, and the layout changed in Go 1.24',
      'header-read': 'this reads the runtime\'s header of {map} through {type}; the layout changed in Go 1.24',
      linkname: '{function} belongs to the runtime and can change or vanish with any Go release; a wrong call corrupts the map',
      'linkname-read': '{function} belongs to the runtime and can change or vanish with any Go release',
      fix: 'Replace with {replacement}',
      'caution-fields': 'clear empties the map; it does not copy what this code wrote into single fields',
    },
    'zh-cn': {
      variable: '这里把 map 变量 {map} 本身当作 {type} 读写：map 变量只是一个指针，它后面的内存会被覆盖',
      header: '这里通过 {type} 改写 {map} 的运行时头部；程序可能挂起或数据损坏，而且该布局在 Go 1.24 中已改变',
      'header-read': '这里通过 {type} 读取 {map} 的运行时头部；该布局在 Go 1.24 中已改变',
      linkname: '{function} 属于运行时，任何 Go 版本都可能改动或移除它；调用有误会损坏 map',
      'linkname-read': '{function} 属于运行时，任何 Go 版本都可能改动或移除它',
      fix: '替换为 {replacement}',
      'caution-fields': 'clear 会清空 map，但不会保留这段代码写入个别字段的值',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
