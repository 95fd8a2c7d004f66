import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const replacedWhileShared = defineRule({
  id: 'replaced-while-shared',
  category: 'clearing',
  severity: 'warning',
  since: '0.4.0',
  sections: ['1', '2.4'],
  messages: {
    en: {
      field: 'this replaces {map}, but {holder} was given the same map and keeps the old one, which line {line} goes on using',
      deferred: 'this replaces {map}, but the deferred call was given the old map when it was deferred, and that is what line {line} looks at',
      task: 'this replaces {map}, but a goroutine was given the old map, and line {line} goes on using it',
      name: 'this replaces {map}, but {holder} is still the old map: what line {line} puts into it is lost',
      use: 'the old map is used here',
      sharing: 'the map is shared here',
      fix: 'Replace with {replacement}',
      caution: 'every holder sees the map become empty, also one that was meant to keep the old entries',
      replaced: '{place} gets a new {kind} here, but {holder} keeps the old one with all its entries',
      exported: '{place} gets a new {kind} here, but the default export keeps the old one with all its entries',
      given: 'the same {kind} was given away here',
      used: '{holder} is used here',
      'fix-clear': 'Empty it instead: {replacement}',
      'caution-holders': 'everybody who holds the {kind} sees it empty',
    },
    'zh-cn': {
      field: '这里替换了 {map}，但 {holder} 得到的是同一个 map，它仍持有旧的，第 {line} 行还在使用',
      deferred: '这里替换了 {map}，但 defer 语句执行时已经取走了旧 map，第 {line} 行看到的是旧的',
      task: '这里替换了 {map}，但有 goroutine 拿到的是旧 map，第 {line} 行还在使用它',
      name: '这里替换了 {map}，但 {holder} 仍是旧 map：第 {line} 行写入的内容会丢失',
      use: '这里使用的是旧 map',
      sharing: 'map 在这里被共享',
      fix: '替换为 {replacement}',
      caution: '所有持有者都会看到 map 变空，包括本应保留旧元素的持有者',
      replaced: '此处为 {place} 换上了新的 {kind}，但 {holder} 仍持有旧的那个及其全部内容',
      exported: '此处为 {place} 换上了新的 {kind}，但默认导出的仍是旧的那个及其全部内容',
      given: '同一个 {kind} 在此处交出',
      used: '{holder} 在此处使用',
      'fix-clear': '改为清空：{replacement}',
      'caution-holders': '持有该 {kind} 的代码都会看到它变空',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
