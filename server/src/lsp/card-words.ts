// The words of the cards, in both languages.

import type { GoStrategy } from '../analyzer/go-strategies.ts';
import type { LoopReason } from '../go/emptying.ts';
import type { MapOperationKind } from '../go/map-operations.ts';
import type { Locale } from '../rules/rule.ts';
import type { ContainerOperationKind } from '../typescript/container-operations.ts';
import type { ContainerKind } from '../typescript/types/queries.ts';
import type { ContainerStrategy } from './container-strategies.ts';

export interface CardWords {
  readonly title: Readonly<Record<MapOperationKind, string>>;
  readonly cost: Readonly<Record<MapOperationKind, string>>;
  readonly keeps: Readonly<Record<MapOperationKind, string>>;
  /** What stands for `{time}` in a cost: what clearing takes before and since the Go that skips unused parts of a table, and what a loop takes, with a ratio for `{times}`. */
  readonly time: Readonly<Record<'table' | 'used' | 'loop', string>>;
  readonly becomesMapClear: string;
  staysALoop(reason: string): string;
  readonly reasons: Readonly<Record<LoopReason, string>>;
  readonly nan: string;
  guarded(lock: string, held: number, uses: number): string;
  partlyGuarded(lock: string, held: number, uses: number): string;
  readonly here: Readonly<Record<'exclusive' | 'shared' | 'free', string>>;
  beside(map: string, lock: string): string;
  guards(names: readonly string[]): string;
  holders(names: readonly string[]): string;
  alternatives(list: readonly string[]): string;
  /** `{name}` is the lock or the method. */
  readonly choices: Readonly<Record<GoStrategy, string>>;
  readonly lockedMap: string;
  readonly containerTitle: Readonly<Record<ContainerOperationKind, (subject: ContainerSubject) => string>>;
  readonly containerCost: Readonly<Record<ContainerOperationKind, (subject: ContainerSubject) => string>>;
  readonly containerKeeps: Readonly<Record<ContainerOperationKind, (subject: ContainerSubject) => string>>;
  readonly containerChoices: Readonly<Record<ContainerStrategy, (subject: ContainerSubject) => string>>;
  readonly leavesHoles: string;
  readonly more: string;
  readonly colon: string;
  readonly comma: string;
  /** Between two statements on one line. */
  readonly between: string;
}

export interface ContainerSubject {
  /** As the language calls it: `Map`. */
  readonly name: string;
  readonly kind: 'keyed' | 'list' | 'object';
  /** A new one, as code. */
  readonly fresh: string;
}

export function containerSubject(container: ContainerKind): ContainerSubject {
  switch (container) {
    case 'map':
      return { name: 'Map', kind: 'keyed', fresh: 'new Map()' };
    case 'set':
      return { name: 'Set', kind: 'keyed', fresh: 'new Set()' };
    case 'weak-map':
      return { name: 'WeakMap', kind: 'keyed', fresh: 'new WeakMap()' };
    case 'weak-set':
      return { name: 'WeakSet', kind: 'keyed', fresh: 'new WeakSet()' };
    case 'array':
      return { name: 'Array', kind: 'list', fresh: '[]' };
    case 'typed-array':
      return { name: 'TypedArray', kind: 'list', fresh: '' };
    default:
      return { name: 'Object', kind: 'object', fresh: '{}' };
  }
}

const en: CardWords = {
  title: { clear: 'clear', 'delete-loop': 'delete loop', remake: 'new map', nil: 'nil map', 'sync-map': 'sync.Map', 'sync-map-emptied': 'sync.Map, Range and Delete', 'guarded-field': 'map beside a lock', lock: 'lock' },
  cost: {
    clear: '{time}; no allocation',
    'delete-loop': '{time}; no allocation',
    remake: 'cheap now; filling grows it again unless a size is given',
    nil: 'nothing',
    'sync-map': 'dear to write and to empty, cheap to read what rarely changes',
    'sync-map-emptied': '{time} times the cost of clear on a map under a lock',
    'guarded-field': 'a lock for each access',
    lock: 'some nanoseconds while nobody else wants it',
  },
  keeps: {
    clear: 'keeps the table; everybody who holds the map sees it empty',
    'delete-loop': 'keeps the table; everybody who holds the map sees it empty',
    remake: 'gives the old table back; who copied the old map keeps its entries',
    nil: 'gives the table back; the next write panics',
    'sync-map': 'no lock around two calls; never assign a new one over it',
    'sync-map-emptied': 'misses what is stored meanwhile',
    'guarded-field': 'hand out copies only: the map itself would be read without the lock',
    lock: 'RLock admits other readers: not enough for clear or delete',
  },
  time: {
    table: 'time for the largest size the map has had',
    used: 'time for the parts of the table used since it was last empty',
    loop: 'walks the largest size the map has had, {times} times as slow as clear',
  },
  becomesMapClear: "becomes the runtime's map clear (not under -race, -cover, -N); nothing escapes",
  staysALoop: (reason) => `stays a loop: ${reason}; nothing escapes`,
  reasons: { 'blank-value': 'blank value', value: 'use of the value', 'outer-key': 'key variable from outside', 'extra-statement': 'second statement', alias: 'second name for the map', 'key-source': 'detour over the keys', 'map-expression': 'call in the map expression', 'irreflexive-key': 'key may be NaN' },
  nan: 'entries under a NaN key stay',
  guarded: (lock, held, uses) => (held === uses ? `${lock} guards it` : `${lock} guards it (${held} of ${uses} uses)`),
  partlyGuarded: (lock, held, uses) => `${held} of ${uses} uses hold ${lock}`,
  here: { exclusive: 'held here', shared: 'only its read lock is held here', free: '**not held here**' },
  beside: (map, lock) => `${map} is beside the lock ${lock}`,
  guards: (names) => `guards ${names.join(', ')}`,
  holders: (names) => `also held by ${names.join(', ')}`,
  alternatives: (list) => `here also: ${list.join(' · ')}`,
  choices: {
    clear: '`clear` (also removes NaN keys)',
    loop: 'the plain delete loop',
    make: '`make` (gives memory back)',
    'make-sized': '`make` with a size',
    nil: '`nil`',
    locked: '`clear` with `{name}` held',
    swap: 'swap with `{name}` held, then work on the old map',
    method: 'a method `{name}`',
    'sync-clear': '`Clear`',
  },
  lockedMap: 'map and RWMutex',
  containerTitle: {
    clear: ({ name, kind }) => (kind === 'list' ? `${name}: emptied in place` : `${name}.clear`),
    'delete-loop': ({ name }) => `${name}: delete loop`,
    'one-at-a-time': ({ name }) => `${name}: the first element, again and again`,
    remake: ({ name }) => `new ${name}`,
  },
  containerCost: {
    clear: () => 'time for the elements that are in it; no allocation',
    'delete-loop': ({ kind }) => (kind === 'object' ? 'a property at a time; engines then keep the object as a slower dictionary' : 'one call for each element'),
    'one-at-a-time': () => 'quadratic in some engines: each turn looks past what was removed before',
    remake: () => 'an object to allocate; the old one is collected when nobody has it',
  },
  containerKeeps: {
    clear: () => 'everybody who holds it sees it empty; a running iteration ends',
    'delete-loop': () => 'everybody who holds it sees it empty; what is added during the loop may be visited',
    'one-at-a-time': () => 'everybody who holds it sees it empty',
    remake: ({ name }) => `whoever holds the old ${name} keeps its elements; closures over the variable see the new one`,
  },
  containerChoices: {
    'clear-all': () => '`clear()`',
    'length-zero': () => '`length = 0`',
    'delete-keys': () => 'delete every key',
    remake: ({ fresh }) => `\`${fresh}\` in its place`,
    'swap-taken': () => 'take it, put a new one in its place, then work on what was taken',
  },
  leavesHoles: 'leaves holes: the length stays',
  more: 'More',
  colon: ': ',
  comma: ', ',
  between: '; ',
};

const zhCn: CardWords = {
  title: { clear: 'clear', 'delete-loop': '删除循环', remake: '新建 map', nil: 'nil map', 'sync-map': 'sync.Map', 'sync-map-emptied': 'sync.Map 的 Range 加 Delete', 'guarded-field': '与锁相邻的 map', lock: '锁' },
  cost: {
    clear: '{time}；不分配内存',
    'delete-loop': '{time}；不分配内存',
    remake: '创建很便宜；不指定容量时，重新填充要逐步扩容',
    nil: '没有开销',
    'sync-map': '写入和清空开销较大，适合读多写少的内容',
    'sync-map-emptied': '耗时是对加锁的 map 执行 clear 的 {time} 倍',
    'guarded-field': '每次访问加一次锁',
    lock: '无竞争时只需几纳秒',
  },
  keeps: {
    clear: '保留底层哈希表；所有持有者看到空 map',
    'delete-loop': '保留底层哈希表；所有持有者看到空 map',
    remake: '释放旧哈希表；复制过旧 map 的代码仍持有旧元素',
    nil: '释放底层哈希表；下一次写入会 panic',
    'sync-map': '两次调用之间没有锁保护；不要用新的 sync.Map 覆盖它',
    'sync-map-emptied': '会漏掉期间存入的元素',
    'guarded-field': '只对外提供副本：直接返回 map 会让调用方在锁外读取',
    lock: 'RLock 允许其他读者同时进入：不足以保护 clear 或 delete',
  },
  time: {
    table: '耗时取决于 map 曾经的最大容量',
    used: '耗时取决于上次清空后用过的部分',
    loop: '逐个遍历 map 曾经的最大容量，耗时是 clear 的 {times} 倍',
  },
  becomesMapClear: '会编译成运行时的 mapclear（-race、-cover、-N 下除外）；不会逃逸',
  staysALoop: (reason) => `仍是逐个删除的循环：${reason}；不会逃逸`,
  reasons: { 'blank-value': '写了空白的值变量', value: '用到了值', 'outer-key': '键变量在循环外声明', 'extra-statement': '循环体多了一条语句', alias: '给 map 起了第二个名字', 'key-source': '先取出了键的列表', 'map-expression': 'map 表达式中有函数调用', 'irreflexive-key': '键可能是 NaN' },
  nan: '键为 NaN 的元素会留下',
  guarded: (lock, held, uses) => (held === uses ? `由 ${lock} 保护` : `由 ${lock} 保护（${uses} 处访问中 ${held} 处持锁）`),
  partlyGuarded: (lock, held, uses) => `${uses} 处访问中 ${held} 处持有 ${lock}`,
  here: { exclusive: '此处已持锁', shared: '此处只持有读锁', free: '**此处未持锁**' },
  beside: (map, lock) => `${map} 与锁 ${lock} 在同一结构体中`,
  guards: (names) => `保护 ${names.join('、')}`,
  holders: (names) => `其他持有者：${names.join('、')}`,
  alternatives: (list) => `此处还可以：${list.join(' · ')}`,
  choices: {
    clear: '`clear`（也删除 NaN 键）',
    loop: '最简单的删除循环',
    make: '`make`（归还内存）',
    'make-sized': '指定容量的 `make`',
    nil: '`nil`',
    locked: '持有 `{name}` 时 `clear`',
    swap: '持有 `{name}` 时换成新 map，再处理旧 map',
    method: '方法 `{name}`',
    'sync-clear': '`Clear`',
  },
  lockedMap: 'RWMutex 加普通 map',
  containerTitle: {
    clear: ({ name, kind }) => (kind === 'list' ? `原地清空 ${name}` : `${name}.clear`),
    'delete-loop': ({ name }) => `${name}：逐个删除的循环`,
    'one-at-a-time': ({ name }) => `${name}：每次删除第一个元素`,
    remake: ({ name }) => `新建 ${name}`,
  },
  containerCost: {
    clear: () => '耗时取决于现有元素的数量；不分配内存',
    'delete-loop': ({ kind }) => (kind === 'object' ? '逐个删除属性；此后引擎会改用较慢的字典模式存储该对象' : '每个元素调用一次 delete'),
    'one-at-a-time': () => '在某些引擎中是平方级：每次都要越过先前已删除的位置',
    remake: () => '分配一个新对象；旧对象无人持有后被回收',
  },
  containerKeeps: {
    clear: () => '所有持有者都看到它变空；正在进行的迭代随即结束',
    'delete-loop': () => '所有持有者都看到它变空；循环期间加入的元素可能也会被遍历到',
    'one-at-a-time': () => '所有持有者都看到它变空',
    remake: ({ name }) => `持有旧 ${name} 的代码仍看到旧元素；捕获该变量的闭包看到新的`,
  },
  containerChoices: {
    'clear-all': () => '`clear()`',
    'length-zero': () => '`length = 0`',
    'delete-keys': () => '逐个删除键',
    remake: ({ fresh }) => `换成 \`${fresh}\``,
    'swap-taken': () => '先取走，换上新的，再处理取走的内容',
  },
  leavesHoles: '会留下空位：length 不变',
  more: '更多',
  colon: '：',
  comma: '，',
  between: '；',
};

export const cardWords: Readonly<Record<Locale, CardWords>> = { en, 'zh-cn': zhCn };
