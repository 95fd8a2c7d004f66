import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const clearLosesEntries = defineRule({
  id: 'clear-loses-entries',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.4'],
  messages: {
    en: {
      lost: '{what} is emptied after the await, and with it what {place} added meanwhile: that was never sent',
      sent: 'these elements are handed on here',
      other: 'this side adds elements while the function waits',
      refilled: '{what} is emptied before the await and filled after it: in between it has nothing',
      twice: '{what} is emptied before the await and filled after it: two calls at once fill it twice',
      filled: 'the elements come back here',
      read: 'this side looks at it meanwhile',
      suspended: 'the function waits here',
      'fix-swap': 'Take the elements out before they are sent',
      'caution-swap': 'elements whose sending fails are not kept',
      'fix-later': 'Empty it when the new elements are there',
      'caution-later': 'the old elements stay until then, and stay if loading fails',
    },
    'zh-cn': {
      lost: '{what} 在 await 之后被清空，{place} 期间加入的内容也一并丢失：它们从未发送',
      sent: '这里交出的只是这些元素',
      other: '函数等待时，另一方在这里加入元素',
      refilled: '{what} 在 await 之前清空、之后才填回：这段时间里它是空的',
      twice: '{what} 在 await 之前清空、之后才填回：两次调用重叠时会填入两份',
      filled: '内容在这里填回',
      read: '另一方此时会在这里读取',
      suspended: '函数在这里等待',
      'fix-swap': '发送之前先取出元素',
      'caution-swap': '发送失败的元素不会保留',
      'fix-later': '等新内容到达后再清空',
      'caution-later': '在此之前旧内容一直保留；加载失败时也会保留',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
