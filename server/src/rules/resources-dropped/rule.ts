import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const resourcesDropped = defineRule({
  id: 'resources-dropped',
  category: 'clearing',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.1'],
  messages: {
    en: {
      dropped: 'this drops the values of {map} without {stop}, which the removal of a single one does first',
      stopped: 'here a value is stopped before it is removed',
      'fix-stop': 'Stop each value first',
      'caution-stop': 'stops what the present code lets run',
    },
    'zh-cn': {
      dropped: '此处丢弃了 {map} 中的值而没有调用 {stop}，而删除单个值时会先这样做',
      stopped: '此处在删除值之前先将其停止',
      'fix-stop': '先停止每一个值',
      'caution-stop': '会停止现有代码任其运行的东西',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
