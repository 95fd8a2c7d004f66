import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const nonAtomicSharedMemory = defineRule({
  id: 'non-atomic-shared-memory',
  category: 'concurrency',
  severity: 'information',
  since: '0.4.0',
  sections: ['2.4'],
  messages: {
    en: {
      update: '{element} is read and written in two steps; a thread that shares the memory may come between',
      lock: '{element} is tested and then set in two steps: two threads may pass the test',
      spin: '{element} is read plainly in a loop that waits for another thread: that may be read once and never again',
      transferred: '{buffer} was transferred and has no memory here any more',
      unseen: '{container} was copied when it was posted, and is only written here: nobody sees this change',
      tested: 'the test',
      call: 'transferred here',
      posted: 'posted here, as a copy',
      'fix-atomic': 'Use {replacement}',
      'caution-atomic': 'everybody else who writes this element must use Atomics too',
    },
    'zh-cn': {
      update: '{element} 的读取和写入是两步；共享这块内存的线程可能插在中间',
      lock: '对 {element} 先检查后设置是两步：两个线程可能都通过检查',
      spin: '循环以普通方式读取 {element} 来等待另一个线程：它可能只读取一次，之后不再读取',
      transferred: '{buffer} 已经转移，到这里已不再拥有那块内存',
      unseen: '{container} 在发送时已被复制，而这里只写不读：这次改动没有人能看到',
      tested: '检查在这里',
      call: '在这里转移',
      posted: '在这里以副本形式发送',
      'fix-atomic': '改用 {replacement}',
      'caution-atomic': '写入该元素的其他代码也必须使用 Atomics',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
