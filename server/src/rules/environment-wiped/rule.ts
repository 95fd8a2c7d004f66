import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const environmentWiped = defineRule({
  id: 'environment-wiped',
  category: 'clearing',
  severity: 'information',
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      wiped: 'this deletes every environment variable of the process, PATH and HOME included',
      stored: '{target} = {value} stores the text "{value}": the variable stays set',
      'fix-delete': 'Write delete {target}',
    },
    'zh-cn': {
      wiped: '这里删除了进程的所有环境变量，包括 PATH 和 HOME',
      stored: '{target} = {value} 存入的是文本 "{value}"：该环境变量仍然存在',
      'fix-delete': '改写为 delete {target}',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
