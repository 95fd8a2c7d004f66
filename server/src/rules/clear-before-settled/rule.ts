import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const clearBeforeSettled = defineRule({
  id: 'clear-before-settled',
  category: 'concurrency',
  severity: 'warning',
  messageSeverities: { unsettled: 'information' },
  since: '0.4.0',
  sections: ['2.5'],
  messages: {
    en: {
      clear: '{what} is cleared when this function returns, before the parallel subtest at {place} goes on to use it',
      close: '{what} is closed when this function returns, before the parallel subtest at {place} goes on to use it',
      'clear-after': '{what} is cleared here, before the parallel subtest at {place} goes on to use it',
      'close-after': '{what} is closed here, before the parallel subtest at {place} goes on to use it',
      parallel: 'the subtest stops here until the function around it has returned',
      use: 'used here afterwards',
      unsettled: '{what} is emptied here while {call} goes on and uses it at {place}',
      started: 'nobody waits for this before the clear',
      late: 'used here, after the work was suspended',
      fix: 'Await it',
      caution: 'what follows runs later, and what fails is thrown here',
      'fix-cleanup': 'Use {test}.Cleanup, which waits for the subtests',
    },
    'zh-cn': {
      clear: '{what} 在本函数返回时就被清空，而 {place} 处的并行子测试之后才继续执行并使用它',
      close: '{what} 在本函数返回时就被关闭，而 {place} 处的并行子测试之后才继续执行并使用它',
      'clear-after': '{what} 在这里就被清空，而 {place} 处的并行子测试之后才继续执行并使用它',
      'close-after': '{what} 在这里就被关闭，而 {place} 处的并行子测试之后才继续执行并使用它',
      parallel: '子测试停在这里，直到外层函数返回',
      use: '之后在这里使用',
      unsettled: '{what} 在这里被清空，而 {call} 仍在进行，并在 {place} 处使用它',
      started: '清空之前没有等待它',
      late: '工作挂起之后在这里使用',
      fix: '等待它',
      caution: '之后的代码会推迟执行，失败会在这里抛出',
      'fix-cleanup': '改用 {test}.Cleanup，它会等待子测试结束',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
