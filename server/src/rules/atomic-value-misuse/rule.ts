import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const atomicValueMisuse = defineRule({
  id: 'atomic-value-misuse',
  category: 'concurrency',
  severity: 'warning',
  since: '0.4.0',
  sections: ['2.4'],
  messages: {
    en: {
      'loaded-write': 'this writes into what {value} publishes, while goroutines that have loaded it read it without a lock',
      'loaded-delete': 'this deletes from what {value} publishes, while goroutines that have loaded it read it without a lock',
      'loaded-clear': 'this clears what {value} publishes, while goroutines that have loaded it read it without a lock',
      'stored-write': 'this writes into {container} after {value} has published it to goroutines that read it without a lock',
      'stored-delete': 'this deletes from {container} after {value} has published it to goroutines that read it without a lock',
      'stored-clear': 'this clears {container} after {value} has published it to goroutines that read it without a lock',
      types: '{value} is given values of type {first} elsewhere: storing one of type {second} panics',
      nil: 'storing nil in {value} panics',
      lost: 'this stores what was made from the {value} loaded at {line}: what {place} stores in between is lost',
      'lost-instances': 'this stores what was made from the {value} loaded at {line}: what another goroutine stores here in between is lost',
      'other-store': 'the other store',
      start: 'what is started here runs at the same time',
      loaded: 'loaded here',
      stored: 'published here',
      first: 'a value of type {first} is stored here',
      'fix-clone': 'Change a copy and store it',
      'caution-clone': 'two goroutines that do this at the same time lose one of the changes: writers need a lock or CompareAndSwap',
    },
    'zh-cn': {
      'loaded-write': '这里写入了 {value} 已经发布的内容，而其他 goroutine 加载后会不加锁地读取它',
      'loaded-delete': '这里删除了 {value} 已经发布的内容中的元素，而其他 goroutine 加载后会不加锁地读取它',
      'loaded-clear': '这里清空了 {value} 已经发布的内容，而其他 goroutine 加载后会不加锁地读取它',
      'stored-write': '{value} 已经把 {container} 发布给不加锁读取的 goroutine，这里却还在写入',
      'stored-delete': '{value} 已经把 {container} 发布给不加锁读取的 goroutine，这里却还在删除元素',
      'stored-clear': '{value} 已经把 {container} 发布给不加锁读取的 goroutine，这里却把它清空了',
      types: '别处向 {value} 存入的是 {first}：再存入 {second} 会 panic',
      nil: '向 {value} 存入 nil 会 panic',
      lost: '这里存入的值由 {line} 处加载的 {value} 得出：{place} 在此期间存入的内容会丢失',
      'lost-instances': '这里存入的值由 {line} 处加载的 {value} 得出：另一个 goroutine 在此期间存入的内容会丢失',
      'other-store': '另一处存入在这里',
      start: '从这里启动的代码会同时运行',
      loaded: '在这里加载',
      stored: '在这里发布',
      first: '这里存入的是 {first}',
      'fix-clone': '修改副本后再存入',
      'caution-clone': '两个 goroutine 同时这样做会丢失其中一次修改：写入方需要加锁或使用 CompareAndSwap',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
