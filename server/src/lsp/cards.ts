// The strategy card: which strategy an operation on a map is, what it costs and keeps, what guards the map, what else would fit
// here. At most six lines: VS Code puts it below the hovers of other servers.

import type { MapOperation, MapOperationKind } from '../go/map-operations.ts';
import type { LoopReason } from '../go/emptying.ts';
import type { Locale } from '../rules/rule.ts';
import type { Session } from './session.ts';

/** The first Go releases with the built-in clear and with sync.Map.Clear. */
const clearVersion = 21;
const syncMapClearVersion = 23;

interface CardWords {
  readonly title: Readonly<Record<MapOperationKind, string>>;
  readonly cost: Readonly<Record<MapOperationKind, string>>;
  readonly keeps: Readonly<Record<MapOperationKind, string>>;
  readonly becomesMapClear: string;
  staysALoop(reason: string): string;
  readonly reasons: Readonly<Record<LoopReason, string>>;
  readonly nan: string;
  guarded(map: string, lock: string): string;
  holders(names: readonly string[]): string;
  alternatives(list: readonly string[]): string;
  readonly clear: string;
  readonly loop: string;
  readonly remake: string;
  readonly swapUnderLock: string;
  readonly lockedMap: string;
  readonly syncClear: string;
  readonly more: string;
}

const words: Readonly<Record<Locale, CardWords>> = {
  en: {
    title: { clear: 'clear', 'delete-loop': 'delete loop', remake: 'new map', nil: 'nil map', 'sync-map': 'sync.Map', 'sync-map-emptied': 'sync.Map, Range and Delete', 'guarded-field': 'map beside a lock', lock: 'lock' },
    cost: {
      clear: 'time for the largest size the map has had; no allocation',
      'delete-loop': 'time for the largest size the map has had; no allocation',
      remake: 'cheap now; filling grows it again unless a size is given',
      nil: 'nothing',
      'sync-map': 'dear to write and to empty, cheap to read what rarely changes',
      'sync-map-emptied': '40–67 times the cost of clear on a map under a lock',
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
    becomesMapClear: "becomes the runtime's map clear (not under -race, -cover, -N); nothing escapes",
    staysALoop: (reason) => `stays a loop: ${reason}; nothing escapes`,
    reasons: { 'blank-value': 'blank value', value: 'use of the value', 'outer-key': 'key variable from outside', 'extra-statement': 'second statement', 'key-source': 'detour over the keys', 'map-expression': 'call in the map expression', 'irreflexive-key': 'key may be NaN' },
    nan: 'entries under a NaN key stay',
    guarded: (map, lock) => `${map} is beside the lock ${lock}`,
    holders: (names) => `also held by ${names.join(', ')}`,
    alternatives: (list) => `here also: ${list.join(' · ')}`,
    clear: '`clear` (also removes NaN keys)',
    loop: 'the plain delete loop',
    remake: '`make` (gives memory back)',
    swapUnderLock: 'swap under the lock, then work on the old map',
    lockedMap: 'map and RWMutex',
    syncClear: '`Clear`',
    more: 'More',
  },
  'zh-cn': {
    title: { clear: 'clear', 'delete-loop': '删除循环', remake: '新建 map', nil: 'nil map', 'sync-map': 'sync.Map', 'sync-map-emptied': 'sync.Map 的 Range 加 Delete', 'guarded-field': '与锁相邻的 map', lock: '锁' },
    cost: {
      clear: '耗时取决于 map 曾经的最大容量；不分配内存',
      'delete-loop': '耗时取决于 map 曾经的最大容量；不分配内存',
      remake: '当下便宜；不给容量时重新填充要逐步扩容',
      nil: '没有开销',
      'sync-map': '写入和清空较贵，读取很少变化的内容便宜',
      'sync-map-emptied': '是对加锁的 map 执行 clear 的 40–67 倍',
      'guarded-field': '每次访问一次加锁',
      lock: '无竞争时只需几纳秒',
    },
    keeps: {
      clear: '保留底层的表；所有持有者看到空 map',
      'delete-loop': '保留底层的表；所有持有者看到空 map',
      remake: '归还旧表；复制过旧 map 的代码仍持有旧元素',
      nil: '归还底层的表；下一次写入会 panic',
      'sync-map': '两次调用之间没有锁；绝不要用新的 sync.Map 覆盖它',
      'sync-map-emptied': '会漏掉期间存入的元素',
      'guarded-field': '只交出副本：map 本身会在锁外被读取',
      lock: 'RLock 允许其他读者进入：不足以保护 clear 或 delete',
    },
    becomesMapClear: '会编译成运行时的 map clear（-race、-cover、-N 下除外）；不会逃逸',
    staysALoop: (reason) => `仍是循环：${reason}；不会逃逸`,
    reasons: { 'blank-value': '空白的值变量', value: '用到了值', 'outer-key': '键变量来自循环之外', 'extra-statement': '多了一条语句', 'key-source': '绕道键的列表', 'map-expression': 'map 表达式中有调用', 'irreflexive-key': '键可能是 NaN' },
    nan: '键为 NaN 的元素会留下',
    guarded: (map, lock) => `${map} 与锁 ${lock} 相邻`,
    holders: (names) => `另有持有者：${names.join('、')}`,
    alternatives: (list) => `此处还可以：${list.join(' · ')}`,
    clear: '`clear`（也删除 NaN 键）',
    loop: '朴素的删除循环',
    remake: '`make`（归还内存）',
    swapUnderLock: '在锁内换新，再处理旧 map',
    lockedMap: 'RWMutex 加普通 map',
    syncClear: '`Clear`',
    more: '更多',
  },
};

const pageOf: Readonly<Record<MapOperationKind, string>> = {
  clear: 'clear',
  'delete-loop': 'range-and-delete',
  remake: 'remake',
  nil: 'nil',
  'sync-map': 'sync-map',
  'sync-map-emptied': 'sync-map',
  'guarded-field': 'rwmutex-map',
  lock: 'rwmutex-map',
};

/**
 * The lines of the card in Markdown, at most six.
 * @param target where a topic is explained, or undefined when the client has no place for it
 */
export function strategyCard(session: Session, path: string, operation: MapOperation, target: (topic: string) => string | undefined): readonly string[] {
  const own = words[session.configuration.locale];
  const holders = holdersOf(session, path, operation);
  const more = target(pageOf[operation.kind]);
  const alternatives = alternativesTo(operation, session.analyzer.goVersionOf(path)?.version, own);
  const lines = [
    `**Mapwarden · ${own.title[operation.kind]}**: ${own.cost[operation.kind]}`,
    own.keeps[operation.kind],
    operation.kind === 'delete-loop' ? loopLine(operation, own) : undefined,
    operation.lock !== undefined && operation.kind !== 'lock' ? own.guarded(`\`${operation.map}\``, `\`${operation.lock}\``) : holders && own.holders(holders),
    alternatives.length > 0 ? own.alternatives(alternatives) : undefined,
    more === undefined ? undefined : `[${own.more}](${more})`,
  ];
  return lines.filter((line) => line !== undefined);
}

/** What the compiler makes of a delete loop, as a sentence; undefined for any other operation. */
export function compiledLoop(session: Session, operation: MapOperation): string | undefined {
  if (operation.kind !== 'delete-loop') return undefined;
  const { locale } = session.configuration;
  const line = loopLine(operation, words[locale]);
  return locale === 'zh-cn' ? `该循环${line}。` : `The loop ${line}.`;
}

function loopLine({ loopReason, mayHoldNan }: MapOperation, own: CardWords): string {
  const compiled = loopReason === undefined ? own.becomesMapClear : own.staysALoop(own.reasons[loopReason]);
  return mayHoldNan ? `${compiled}; ${own.nan}` : compiled;
}

/** Who else holds the map. Undefined while it is not known; silence says nothing about it. */
function holdersOf(_session: Session, _path: string, _operation: MapOperation): readonly string[] | undefined {
  return undefined;
}

function alternativesTo({ kind, replaceable, lock }: MapOperation, version: string | undefined, own: CardWords): readonly string[] {
  const minor = version === undefined ? undefined : Number(version.split('.')[1]);
  const hasClear = minor === undefined || minor >= clearVersion;
  switch (kind) {
    case 'delete-loop':
      return [...(hasClear ? [own.clear] : []), ...(replaceable ? [own.remake] : []), ...(lock === undefined ? [] : [own.swapUnderLock])];
    case 'clear':
      return [...(replaceable ? [own.remake] : []), ...(lock === undefined ? [] : [own.swapUnderLock])];
    case 'remake':
    case 'nil':
      return [hasClear ? own.clear : own.loop];
    case 'sync-map-emptied':
      return [...(minor === undefined || minor >= syncMapClearVersion ? [own.syncClear] : []), own.lockedMap];
    case 'sync-map':
      return [own.lockedMap];
    default:
      return [];
  }
}
