import { defineRule } from '../rule.ts';
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
      replaced: '{place} gets a new {kind} here, but {holder} keeps the old one with all its entries',
      exported: '{place} gets a new {kind} here, but the default export keeps the old one with all its entries',
      given: 'the same {kind} was given away here',
      used: '{holder} is used here',
      'fix-clear': 'Empty it instead: {replacement}',
      'caution-holders': 'everybody who holds the {kind} sees it empty',
    },
    'zh-cn': {
      replaced: '此处为 {place} 换上了新的 {kind}，但 {holder} 仍持有旧的那个及其全部内容',
      exported: '此处为 {place} 换上了新的 {kind}，但默认导出的仍是旧的那个及其全部内容',
      given: '同一个 {kind} 在此处交出',
      used: '{holder} 在此处使用',
      'fix-clear': '改为清空：{replacement}',
      'caution-holders': '持有该 {kind} 的代码都会看到它变空',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
