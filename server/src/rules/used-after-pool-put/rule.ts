import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const usedAfterPoolPut = defineRule({
  id: 'used-after-pool-put',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { elsewhere: 'information' },
  since: '0.4.0',
  sections: ['3.2'],
  messages: {
    en: {
      used: 'this uses what line {line} gave back to the pool: another goroutine may have it by now',
      returned: 'this returns what line {line} gives back to the pool: the caller and the next user of the pool have the same object',
      'put-again': 'this gives back to the pool what line {line} gave back already: two users will get the same object',
      elsewhere: 'this gives back to the pool what {function} goes on using without the lock, in line {line}: another goroutine may have it by then',
      shared: '{function} puts it there',
      use: '{function} uses it here, and does not hold the lock any more',
      kept: 'this keeps what line {line} gives back to the pool: whoever finds it here and the next user of the pool have the same object',
      put: 'given back to the pool here',
    },
    'zh-cn': {
      used: '这里使用了第 {line} 行已放回池中的对象：此时它可能已被另一个 goroutine 取走',
      returned: '这里返回了第 {line} 行放回池中的对象：调用者与池的下一个使用者拿到的是同一个对象',
      'put-again': '这里把第 {line} 行已放回的对象又放回池中：两个使用者会拿到同一个对象',
      elsewhere: '这里放回池中的对象，{function} 在第 {line} 行不持锁时仍在使用：那时它可能已被另一个 goroutine 取走',
      shared: '{function} 把它放在那里',
      use: '{function} 在这里使用它，而锁已经释放',
      kept: '这里保存了第 {line} 行放回池中的对象：从这里取到它的代码与池的下一个使用者拿到的是同一个对象',
      put: '在这里放回池中',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
