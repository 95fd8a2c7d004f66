import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const copySharesMap = defineRule({
  id: 'copy-shares-map',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { 'guarded-copy': 'information', 'changed-default': 'information' },
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      'copied-struct': 'this changes {map}, and {original} with it: copying the struct did not copy the map, and line {line} looks at the original',
      'guarded-copy': 'the new object gets the map {map} itself and a lock of its own: {change} changes the map under {lock} of the one, and the other one does not notice',
      'changed-default': '{map} may be {default} itself here: this changes it for all who use it',
      taken: '{default} is taken here',
      kept: 'the object gets it here, as its own',
      change: 'changed here under {lock}',
      'guarded-look': 'looked at here under {lock}, which may be that of the other object',
      copy: 'the struct is copied here, its map is not',
      look: 'the original is looked at here',
      'fix-clone': 'Give the copy its own {map}',
      'caution-clone': 'the original is not changed any more, and what the values refer to is still shared',
      shared: '{copy} is a shallow copy: this changes {original} too, which is the same {kind}',
      copied: 'copied here, names only',
      read: 'the original is used here',
      'fix-copy': 'Copy {property} as well',
      'caution-copy': 'the original is not changed any more, and deeper parts are still shared',
    },
    'zh-cn': {
      'copied-struct': '这里修改 {map} 的同时也修改了 {original} 的：复制结构体并不会复制 map，而第 {line} 行会查看原对象',
      'guarded-copy': '新对象得到的就是 {map} 这个 map，却有自己的锁：{change} 在其中一个对象的 {lock} 下修改它，另一个对象的锁挡不住',
      'changed-default': '这里的 {map} 可能就是 {default} 本身：修改会影响所有使用它的地方',
      taken: '{default} 在这里取用',
      kept: '对象在这里把它当作自己的 map',
      change: '这里在 {lock} 下修改',
      'guarded-look': '这里在 {lock} 下查看，而它可能是另一个对象的锁',
      copy: '结构体在这里复制，map 没有复制',
      look: '这里查看原对象',
      'fix-clone': '让副本拥有自己的 {map}',
      'caution-clone': '原对象不再被修改，而值所引用的内容仍然共享',
      shared: '{copy} 是浅拷贝：这里也会改变 {original}，两者是同一个 {kind}',
      copied: '在此处复制，只复制了各个属性的引用',
      read: '原对象在此处使用',
      'fix-copy': '把 {property} 也复制一份',
      'caution-copy': '原对象不再被改变，而更深层的部分仍然共享',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
