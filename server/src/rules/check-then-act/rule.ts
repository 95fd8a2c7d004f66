import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const checkThenAct = defineRule({
  id: 'check-then-act',
  category: 'concurrency',
  severity: 'warning',
  messageSeverities: { 'store-equal': 'information', 'section-equal': 'information' },
  since: '0.4.0',
  sections: ['2.1'],
  messages: {
    en: {
      store: 'another goroutine may store a value of its own for {key} between the Load in line {line} and this Store, which drops it',
      'store-equal': 'another goroutine may store a value for {key} between the Load in line {line} and this Store',
      update: 'what is stored for {key} was computed from the Load in line {line}: what others stored since then is lost',
      delete: 'this deletes {key} because of the value loaded in line {line}; another value may be there by now',
      section: '{lock} was released since {key} was looked up in line {line}: another goroutine may have put a value of its own there, which this drops',
      'section-equal': '{lock} was released since {key} was looked up in line {line}: another goroutine may have put a value there',
      'section-update': '{lock} was released since {key} was read in line {line}: what others put there since then is lost',
      check: 'looked up here',
      unlock: 'released here',
      'fix-load-or-store': 'Call LoadOrStore',
      'caution-load-or-store': 'a value that is there stays: use the one that LoadOrStore returns',
      'stored-after-await': '{what} was missing before the await, and is stored after it: a second call in between does the work again and one result is lost',
      'added-after-await': '{what} was missing before the await, and is added after it: a second call in between does the work as well',
      'set-after-await': '{what} was tested before the await, and is set after it: a second call in between passes the same test',
      checked: 'here two calls A and B test {what}, and both find it missing',
      suspended: 'here A waits; B runs up to the same place',
      both: 'here A writes {what}; then B writes it again',
    },
    'zh-cn': {
      store: '在第 {line} 行的 Load 与这里的 Store 之间，别的 goroutine 可能已为 {key} 存入自己的值，这里会把它丢掉',
      'store-equal': '在第 {line} 行的 Load 与这里的 Store 之间，别的 goroutine 可能已为 {key} 存入值',
      update: '为 {key} 存入的值由第 {line} 行的 Load 算出：此后别人存入的值会丢失',
      delete: '这里根据第 {line} 行读到的值删除 {key}，而此时那里可能已是另一个值',
      section: '第 {line} 行查找 {key} 之后释放过 {lock}：别的 goroutine 可能已放入自己的值，这里会把它丢掉',
      'section-equal': '第 {line} 行查找 {key} 之后释放过 {lock}：别的 goroutine 可能已放入值',
      'section-update': '第 {line} 行读取 {key} 之后释放过 {lock}：此后别人放入的值会丢失',
      check: '在这里查找',
      unlock: '在这里释放',
      'fix-load-or-store': '改用 LoadOrStore',
      'caution-load-or-store': '已存在的值会保留：应使用 LoadOrStore 返回的值',
      'stored-after-await': '{what} 在 await 之前还不存在，await 之后才存入：期间的第二次调用会重复工作，其中一个结果会丢失',
      'added-after-await': '{what} 在 await 之前还不存在，await 之后才加入：期间的第二次调用也会做同样的工作',
      'set-after-await': '{what} 在 await 之前检查，await 之后才设置：期间的第二次调用会通过同样的检查',
      checked: 'A 和 B 都在这里检查 {what}，都发现它不存在',
      suspended: 'A 在这里等待；B 也运行到同一处',
      both: 'A 写入 {what}；随后 B 再次写入',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
