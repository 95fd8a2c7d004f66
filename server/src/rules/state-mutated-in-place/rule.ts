import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const stateMutatedInPlace = defineRule({
  id: 'state-mutated-in-place',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: [],
  messages: {
    en: {
      mutated: '{state} is React state: changing this {kind} in place goes unseen, and nothing is rendered again',
      stale: '{setter} gets a value computed from {state} as it was before the await; what was set meanwhile is lost',
      state: 'the state',
      suspended: 'others may set it while this waits',
      'fix-updater': 'Compute it in an updater function',
      'caution-updater': 'the function runs when React applies the update, in development twice',
    },
    'zh-cn': {
      mutated: '{state} 是 React 状态：原地修改这个 {kind} 不会被察觉，也不会重新渲染',
      stale: '{setter} 得到的值由 await 之前的 {state} 计算而来；期间设置的内容会丢失',
      state: '状态在这里',
      suspended: '等待期间它可能被设置',
      'fix-updater': '改在更新函数中计算',
      'caution-updater': 'React 在应用更新时执行该函数，开发模式下会执行两次',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
