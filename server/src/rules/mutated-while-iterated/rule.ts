import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const mutatedWhileIterated = defineRule({
  id: 'mutated-while-iterated',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { insert: 'information', 'insert-after-delete': 'information', notified: 'information' },
  since: '0.2.0',
  sections: ['1', '4.4'],
  messages: {
    en: {
      insert: 'this may add a key to {map} while the loop ranges it: the loop visits new entries or not, differently each time',
      'insert-after-delete': 'this puts a key back into {map} while the loop ranges it: the loop visits it again or not, differently each time',
      loop: 'the loop over {map}',
      endless: 'every round adds to {list}: the loop never ends',
      shifted: 'the next element of {list} moves to this place and is passed over',
      notified: 'a listener that unsubscribes while it is called makes the next one in {list} go unheard',
      iteration: 'the iteration over {list}',
      removal: 'here one is taken out of {list} and the others move up',
      'fix-snapshot': 'Iterate a snapshot of {list}',
      'fix-step': 'Step back: {index}--',
      'caution-snapshot': 'what is added meanwhile is not visited any more',
      fix: 'Range a copy of {map}',
      'caution-copy': 'copies the map, and new entries are then never visited',
    },
    'zh-cn': {
      insert: '循环正在遍历 {map}，这里可能向它加入新键：新元素会不会被访问到，每次都可能不同',
      'insert-after-delete': '循环正在遍历 {map}，这里把键重新放回：它会不会再次被访问到，每次都可能不同',
      loop: '遍历 {map} 的循环',
      endless: '每一轮都向 {list} 添加元素：循环永远不会结束',
      shifted: '{list} 的下一个元素会移到此处，因而被跳过',
      notified: '监听器若在被调用时取消订阅，{list} 中的下一个监听器就收不到通知',
      iteration: '对 {list} 的遍历',
      removal: '此处从 {list} 中取出一个元素，其后的元素依次前移',
      'fix-snapshot': '遍历 {list} 的快照',
      'fix-step': '回退一步：{index}--',
      'caution-snapshot': '遍历期间新增的元素不再被访问',
      fix: '遍历 {map} 的副本',
      'caution-copy': '会复制整个 map，新元素因此不再被访问',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo, typescript: detectTypeScript },
});
