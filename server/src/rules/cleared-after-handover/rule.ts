import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const clearedAfterHandover = defineRule({
  id: 'cleared-after-handover',
  category: 'clearing',
  severity: 'warning',
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      named: '{container} is emptied here, and {name} with it: both are the same {kind}, and {name} is used afterwards',
      stored: '{container} is emptied here after it was handed over: what was stored is the same {kind}',
      resolved: '{container} is emptied here before anybody who waits for the promise can look at it',
      deferred: '{container} is emptied here before the function that uses it runs',
      given: 'handed over here',
      use: 'used here',
      'fix-new': 'Put a new {kind} in its place',
      'caution-holders': 'others who hold the {kind} keep it with its entries',
    },
    'zh-cn': {
      named: '此处清空 {container} 的同时也清空了 {name}：两者是同一个 {kind}，而 {name} 之后还要使用',
      stored: '{container} 交出之后又在此处被清空：存起来的就是同一个 {kind}',
      resolved: '等待该 promise 的代码还没来得及查看，{container} 就在此处被清空了',
      deferred: '使用 {container} 的函数还没运行，它就在此处被清空了',
      given: '在此处交出',
      use: '在此处使用',
      'fix-new': '改为换上一个新的 {kind}',
      'caution-holders': '其他持有该 {kind} 的代码看到的仍是原来的内容',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
