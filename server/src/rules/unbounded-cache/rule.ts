import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const unboundedCache = defineRule({
  id: 'unbounded-cache',
  category: 'concurrency',
  severity: 'off',
  since: '0.4.0',
  sections: [],
  messages: {
    en: {
      grows: '{name} only ever grows: functions add to it, and nothing takes anything out',
      added: 'added here',
    },
    'zh-cn': {
      grows: '{name} 只增不减：有函数向它加入内容，却没有任何地方取出',
      added: '在这里加入',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
