import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const successorDeleted = defineRule({
  id: 'successor-deleted',
  category: 'concurrency',
  severity: 'information',
  messageSeverities: { overwritten: 'information' },
  since: '0.4.0',
  sections: ['2.5'],
  messages: {
    en: {
      removed: '{what} may be a newer entry by now: {place} can remove this one while it is awaited, and another call can store its own',
      overwritten: '{what} may be a newer entry by now: the next call with the same key stores its own without looking',
      index: 'the element may not be in {what} by now: {place} can remove it meanwhile, and an index of -1 takes the last one',
      left: 'this runs later than here',
      stored: 'the entry of this call is stored here',
      suspended: 'this call waits here',
      other: 'the entry may be removed here meanwhile',
      fix: 'Remove the entry only if it is still this one',
      caution: 'an entry that another call stored stays until that call removes it',
    },
    'zh-cn': {
      removed: '{what} 此时可能已是更新的条目：等待期间 {place} 可能已删除本条目，而另一次调用又存入了自己的',
      overwritten: '{what} 此时可能已是更新的条目：同一个键的下一次调用会直接存入自己的条目',
      index: '该元素此时可能已不在 {what} 中：{place} 可能已将它移除，而索引 -1 会删掉最后一个元素',
      left: '在此之后才运行',
      stored: '本次调用的条目在这里存入',
      suspended: '本次调用在这里等待',
      other: '期间条目可能在这里被删除',
      fix: '仅当条目仍是本次存入的才删除',
      caution: '另一次调用存入的条目会保留，直到那次调用将其删除',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
