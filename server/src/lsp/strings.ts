import type { StrategyChoice } from './protocol.ts';
import type { ContainerHolder } from '../analysis/concurrency/container-facts.ts';
import type { PlaceHolder } from '../typescript/container-operations.ts';
import type { Locale } from '../rules/rule.ts';

/** What the server says besides the rules' own messages. */
export interface Strings {
  fixAllOfRule(rule: string): string;
  readonly fixAll: string;
  ignoreOnLine(rule: string): string;
  ignoreInFile(rule: string): string;
  changeSeverity(rule: string): string;
  explain(rule: string): string;
  reportFalsePositive(rule: string): string;
  /** Stands in a suppression until somebody writes the reason. */
  readonly reasonToFill: string;
  /** Marks a fix that asks for a look where the client cannot ask for confirmation. */
  needsALook(title: string): string;
  readonly hoverSafeFix: string;
  hoverUnsafeFix(caution: string): string;
  readonly hoverNoFix: string;
  hoverExplain(rule: string): string;
  /** The word for the document, which leads to its contents; and what stands before the links to its sections. */
  readonly hoverDocument: string;
  hoverSections(sections: string): string;
  /** The heading in a rule's page above what the document says of it. */
  readonly verdictHeading: string;
  hoverStep(line: number, message: string): string;
  chooseStrategy(map: string): string;
  createFallbackFiles(since: string): string;
  readonly fallbackReasons: Readonly<Record<'not-needed' | 'not-possible', string>>;
  readonly strategyTitles: Readonly<Record<StrategyChoice['strategy'], string>>;
  readonly strategyConsequences: Readonly<Record<StrategyChoice['strategy'], string>>;
  /** What is said beside a consequence: who else has the container, as named by `holderNamed`. */
  readonly strategyNotes: { readonly addsLock: string; keeps(names: readonly string[]): string; sees(names: readonly string[]): string; readonly anybodyKeeps: string; readonly anybodySees: string };
  holderNamed(kind: (ContainerHolder | PlaceHolder)['kind'], name: string): string;
  moreHolders(count: number): string;
  readonly indexing: string;
  indexed(done: number, total: number): string;
  skipped(name: string, reason: string): string;
  readonly clearDetail: string;
  readonly deleteLoopDetail: string;
  readonly syncMapClearDetail: string;
  readonly syncMapRangeDetail: string;
}

const en: Strings = {
  fixAllOfRule: (rule) => `Fix all ${rule} in this file`,
  fixAll: 'Apply all safe Mapwarden fixes in this file',
  ignoreOnLine: (rule) => `Ignore ${rule} for this line…`,
  ignoreInFile: (rule) => `Ignore ${rule} in this file…`,
  changeSeverity: (rule) => `Change the severity of ${rule}…`,
  explain: (rule) => `Explain ${rule}`,
  reportFalsePositive: (rule) => `Report a false positive of ${rule}…`,
  reasonToFill: 'say why this is fine here',
  needsALook: (title) => `${title} (check the result)`,
  hoverSafeFix: 'The quick fix is safe: behaviour stays as it is.',
  hoverUnsafeFix: (caution) => `The quick fix asks for a look: ${caution}`,
  hoverNoFix: 'There is no automatic fix.',
  hoverExplain: (rule) => `Explain ${rule}`,
  hoverDocument: 'the document',
  hoverSections: (sections) => `section ${sections}`,
  verdictHeading: '## What the document says',
  hoverStep: (line, message) => `line ${line}: ${message}`,
  chooseStrategy: (map) => `Choose a clearing strategy for ${map}…`,
  createFallbackFiles: (since) => `Create fallback files for Go before ${since}`,
  fallbackReasons: {
    'not-needed': 'No fallback is needed: every Go that compiles this file has clear.',
    'not-possible': 'No fallback can be written for this place.',
  },
  strategyTitles: {
    clear: 'clear',
    locked: 'clear, with {name} held',
    method: 'a method of its own: {name}',
    swap: 'new map, swapped in with {name} held',
    'make-sized': 'make with the present size',
    make: 'make',
    loop: 'delete loop',
    nil: 'nil',
    'sync-clear': 'Clear',
    'clear-all': 'clear()',
    'length-zero': 'length = 0',
    'delete-keys': 'delete every key',
    remake: 'a new one in its place',
    'swap-taken': 'take what is there, put a new one in its place',
  },
  strategyConsequences: {
    clear: 'keeps the memory; removes NaN keys',
    locked: 'nobody who takes the lock sees the map half empty; keeps the memory',
    method: 'empties the map with the lock held, in one place for all who need it',
    swap: 'the lock is held for a moment only; the old map is yours alone afterwards',
    'make-sized': 'room for as many again',
    make: 'gives the memory back; grows again when filled',
    loop: 'as clear, for Go before 1.21; entries under NaN keys stay',
    nil: 'gives the memory back; the next write panics unless a new map is made',
    'sync-clear': 'one step: nothing that is stored meanwhile is missed',
    'clear-all': 'in place',
    'length-zero': 'in place',
    'delete-keys': 'in place; a Map would be cheaper to empty',
    remake: 'the old one is collected when nobody has it',
    'swap-taken': 'what is added during an await goes into the new one and is not lost',
  },
  strategyNotes: {
    addsLock: 'adds the lock: every other use of the map has to take it as well',
    keeps: (names) => `keeps the old entries: ${names.join(', ')}`,
    sees: (names) => `sees it empty too: ${names.join(', ')}`,
    anybodyKeeps: 'whoever else has it keeps the old entries',
    anybodySees: 'everybody who holds it sees it empty',
  },
  holderNamed: (kind, name) => {
    switch (kind) {
      case 'caller':
        return `the caller of ${name}`;
      case 'returned':
        return `whoever calls ${name}`;
      case 'sent':
        return `who receives what ${name} sends`;
      case 'task':
        return `a goroutine that ${name} starts`;
      case 'kept':
        return `what ${name} keeps`;
      case 'export':
        return `whoever imports ${name}`;
      default:
        return name;
    }
  },
  moreHolders: (count) => `${count} more`,
  indexing: 'Mapwarden: analysing the workspace',
  indexed: (done, total) => `${done} of ${total} files`,
  skipped: (name, reason) => `${name} is not analysed: ${reason}`,
  clearDetail: 'removes every entry',
  deleteLoopDetail: 'removes every entry (before Go 1.21; entries under a NaN key stay)',
  syncMapClearDetail: 'removes every entry',
  syncMapRangeDetail: 'removes every entry (before Go 1.23; not atomic)',
};

const zhCn: Strings = {
  fixAllOfRule: (rule) => `修复此文件中的所有 ${rule}`,
  fixAll: '应用此文件中所有安全的 Mapwarden 修复',
  ignoreOnLine: (rule) => `在此行忽略 ${rule}…`,
  ignoreInFile: (rule) => `在此文件中忽略 ${rule}…`,
  changeSeverity: (rule) => `更改 ${rule} 的严重性…`,
  explain: (rule) => `解释 ${rule}`,
  reportFalsePositive: (rule) => `报告 ${rule} 的误报…`,
  reasonToFill: '请说明此处为何没有问题',
  needsALook: (title) => `${title}（请检查结果）`,
  hoverSafeFix: '快速修复是安全的：行为保持不变。',
  hoverUnsafeFix: (caution) => `快速修复需要确认：${caution}`,
  hoverNoFix: '没有自动修复。',
  hoverExplain: (rule) => `解释 ${rule}`,
  hoverDocument: '文档',
  hoverSections: (sections) => `第 ${sections} 节`,
  verdictHeading: '## 文档怎么说',
  hoverStep: (line, message) => `第 ${line} 行：${message}`,
  chooseStrategy: (map) => `为 ${map} 选择清空方式…`,
  createFallbackFiles: (since) => `为 Go ${since} 之前的版本创建兼容文件`,
  fallbackReasons: {
    'not-needed': '不需要兼容文件：能编译此文件的 Go 版本都有 clear。',
    'not-possible': '无法为此处生成兼容文件。',
  },
  strategyTitles: {
    clear: 'clear',
    locked: '持有 {name} 时 clear',
    method: '单独的方法：{name}',
    swap: '持有 {name} 时换成新 map',
    'make-sized': '按当前大小 make',
    make: 'make',
    loop: '删除循环',
    nil: 'nil',
    'sync-clear': 'Clear',
    'clear-all': 'clear()',
    'length-zero': 'length = 0',
    'delete-keys': '逐个删除键',
    remake: '换成新的容器',
    'swap-taken': '取走现有内容，换上新的容器',
  },
  strategyConsequences: {
    clear: '保留内存；也删除 NaN 键',
    locked: '加锁访问的代码不会看到清空到一半的 map；保留内存',
    method: '在持锁状态下清空，需要的地方都调用同一个方法',
    swap: '只需短暂持锁；之后旧 map 由你独占',
    'make-sized': '预留同样多的空间',
    make: '归还内存；再次填充时重新扩容',
    loop: '效果同 clear，适用于 Go 1.21 之前；键为 NaN 的元素会留下',
    nil: '归还内存；不重新 make 的话，下一次写入会 panic',
    'sync-clear': '一步完成：不会漏掉期间存入的元素',
    'clear-all': '原地清空',
    'length-zero': '原地清空',
    'delete-keys': '原地清空；换成 Map 清空起来更便宜',
    remake: '旧容器无人持有后被回收',
    'swap-taken': '在 await 期间加入的元素进入新容器，不会丢失',
  },
  strategyNotes: {
    addsLock: '会添加锁：其余访问该 map 的地方也都要加锁',
    keeps: (names) => `仍持有旧元素：${names.join('、')}`,
    sees: (names) => `同样看到它变空：${names.join('、')}`,
    anybodyKeeps: '其他持有者仍持有旧元素',
    anybodySees: '所有持有者都看到它变空',
  },
  holderNamed: (kind, name) => {
    switch (kind) {
      case 'caller':
        return `${name} 的调用方`;
      case 'returned':
        return `${name} 返回值的使用者`;
      case 'sent':
        return `${name} 所发送内容的接收方`;
      case 'task':
        return `${name} 启动的 goroutine`;
      case 'kept':
        return `${name} 保存的引用`;
      case 'export':
        return `导入 ${name} 的模块`;
      default:
        return name;
    }
  },
  moreHolders: (count) => `另有 ${count} 处`,
  indexing: 'Mapwarden：正在分析工作区',
  indexed: (done, total) => `${done} / ${total} 个文件`,
  skipped: (name, reason) => `未分析 ${name}：${reason}`,
  clearDetail: '删除所有键值对',
  deleteLoopDetail: '删除所有键值对（用于 Go 1.21 之前；NaN 键的条目会保留）',
  syncMapClearDetail: '删除所有键值对',
  syncMapRangeDetail: '删除所有键值对（用于 Go 1.23 之前；非原子操作）',
};

export function stringsFor(locale: Locale): Strings {
  return locale === 'zh-cn' ? zhCn : en;
}
