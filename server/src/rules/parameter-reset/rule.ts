import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const parameterReset = defineRule({
  id: 'parameter-reset',
  category: 'clearing',
  severity: 'warning',
  since: '0.2.0',
  sections: ['1'],
  messages: {
    en: {
      parameter: 'this replaces only the parameter {name}: the caller keeps its {kind} with all entries, and nothing here uses the new one',
      receiver: 'this replaces {name} only in a copy: {receiver} is a value receiver, and nothing here uses the new {kind}',
      fix: 'Replace with {replacement}',
      'fix-loop': 'Delete the keys of the caller\'s map',
      'caution-caller': 'the caller\'s {kind} becomes empty, which the present code does not do',
    },
    'zh-cn': {
      parameter: '这里只替换了形参 {name}：调用者的 {kind} 及其所有元素都没有变，而此处也没有用到新的值',
      receiver: '这里只替换了副本中的 {name}：{receiver} 是值接收者，而此处也没有用到新的 {kind}',
      fix: '替换为 {replacement}',
      'fix-loop': '删除调用者 map 中的键',
      'caution-caller': '调用者的 {kind} 会变为空，现有代码并不会这样做',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
