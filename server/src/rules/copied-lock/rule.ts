import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const copiedLock = defineRule({
  id: 'copied-lock',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.2'],
  messages: {
    en: {
      value: '{what} is copied with the {lock} in it: who locks the copy keeps nobody away from the original',
      given: '{what} copies what {function} goes on using, with the {lock} in it: who locks the copy keeps nobody away from the original',
      sent: '{what} is sent with the {lock} in it: the receiver gets a copy, which keeps nobody away from the original',
      elements: 'the elements of {what} are copied with the {lock} in each: who locks a copy keeps nobody away from the original',
      receiver: '{name} is a copy of the {type} that {method} is called on, with a {lock} of its own: locking it keeps nobody away',
      parameter: '{name} is a copy of the {type} that is passed, with a {lock} of its own: locking it keeps nobody away',
      range: 'each round copies an element to {name}, with the {lock} in it: who locks {name} keeps nobody away from the element',
      round: 'since Go 1.22 each round of the loop copies {name}, with the {lock} in it',
      'fix-receiver': 'Make the receiver a pointer',
      'caution-receiver': 'values of {type} in interfaces and maps no longer have the method',
      'fix-range': 'Point at the element',
      'caution-range': '{name} is then the element itself, and not a copy of it',
    },
    'zh-cn': {
      value: '{what} 连同其中的 {lock} 一起被复制：对副本加锁挡不住别人访问原值',
      given: '{what} 复制了 {function} 仍在使用的值，连同其中的 {lock}：对副本加锁挡不住别人访问原值',
      sent: '{what} 连同其中的 {lock} 一起被发送：接收方得到的是副本，挡不住别人访问原值',
      elements: '{what} 的元素连同各自的 {lock} 一起被复制：对副本加锁挡不住别人访问原值',
      receiver: '{name} 是调用 {method} 的 {type} 的副本，带着自己的 {lock}：对它加锁不起任何保护作用',
      parameter: '{name} 是传入的 {type} 的副本，带着自己的 {lock}：对它加锁不起任何保护作用',
      range: '每一轮都把一个元素连同其中的 {lock} 复制到 {name}：对 {name} 加锁挡不住别人访问该元素',
      round: '从 Go 1.22 起，循环的每一轮都会复制 {name}，连同其中的 {lock}',
      'fix-receiver': '把接收者改为指针',
      'caution-receiver': '接口和 map 中的 {type} 值将不再拥有该方法',
      'fix-range': '改为指向元素',
      'caution-range': '{name} 将是元素本身，而不再是副本',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
