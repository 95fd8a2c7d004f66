import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const copySharesMap = defineRule({
  id: 'copy-shares-map',
  category: 'clearing',
  severity: 'warning',
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      shared: '{copy} is a shallow copy: this changes {original} too, which is the same {kind}',
      copied: 'copied here, names only',
      read: 'the original is used here',
      'fix-copy': 'Copy {property} as well',
      'caution-copy': 'the original is not changed any more, and deeper parts are still shared',
    },
    'zh-cn': {
      shared: '{copy} 是浅拷贝：这里也会改变 {original}，两者是同一个 {kind}',
      copied: '在此处复制，只复制了各个属性的引用',
      read: '原对象在此处使用',
      'fix-copy': '把 {property} 也复制一份',
      'caution-copy': '原对象不再被改变，而更深层的部分仍然共享',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
