import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const fixedKeysRecreated = defineRule({
  id: 'fixed-keys-recreated',
  category: 'clearing',
  severity: 'off',
  since: '0.4.0',
  sections: ['3.3'],
  messages: {
    en: {
      fixed: '{map} only ever has the same keys ({keys}), and all are set again: overwriting them needs no clear',
      again: 'the keys are set again from here on',
    },
    'zh-cn': {
      fixed: '{map} 始终只有相同的键（{keys} 个），而且清空后又全部重新设置：直接覆盖即可，不需要清空',
      again: '从这里开始重新设置这些键',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
