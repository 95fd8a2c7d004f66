import type { ConversionFault } from '../analyzer/go-conversions.ts';
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
  hoverSections(sections: readonly string[]): string;
  /** Leads back to the page before. */
  readonly pageBack: string;
  /** The heading in a rule's page above what the document says of it. */
  readonly verdictHeading: string;
  hoverStep(line: number, message: string): string;
  chooseStrategy(map: string): string;
  createFallbackFiles(since: string): string;
  readonly fallbackReasons: Readonly<Record<'not-needed' | 'not-possible', string>>;
  readonly strategyTitles: Readonly<Record<StrategyChoice['strategy'], string>>;
  readonly strategyConsequences: Readonly<Record<StrategyChoice['strategy'], string>>;
  /** What is said beside a consequence: who else has the container, as named by `holderNamed`. */
  readonly strategyNotes: { readonly addsLock: string; keeps(names: readonly string[]): string; sees(names: readonly string[]): string; readonly anybodyKeeps: string; readonly anybodySees: string; changesFiles(files: number): string; readonly locksStay: string };
  /** Why a map cannot become another kind of map; `{place}` is as named by `placeNamed`. */
  readonly conversionFaults: Readonly<Record<ConversionFault, string>>;
  /** A 1-based line, with the file's name where it is another file. */
  placeNamed(file: string | undefined, line: number): string;
  holderNamed(kind: (ContainerHolder | PlaceHolder)['kind'], name: string): string;
  holderElsewhere(holder: string, file: string): string;
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
  hoverSections: (sections) => `section ${sections.join(', ')}`,
  pageBack: 'Back',
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
    'copy-on-write': 'copy on write, wherever {name} is used',
    'sync-map': 'sync.Map, wherever {name} is used',
    owner: 'one goroutine owns {name}, others send it what to do',
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
    'copy-on-write': 'readers take no lock and see one state; each change copies the whole map',
    'sync-map': 'no lock to take; two calls are no unit; writing and emptying cost more',
    owner: 'no lock to take; each use waits for the owner, ranging copies the map first',
    'clear-all': 'in place',
    'length-zero': 'in place',
    'delete-keys': 'in place; a Map would be cheaper to empty',
    remake: 'the old one is collected when nobody has it',
    'swap-taken': 'what is added during an await goes into the new one and is not lost',
  },
  strategyNotes: {
    addsLock: 'adds the lock, which every other use has to take too',
    keeps: (names) => `keeps the old entries: ${names.join(', ')}`,
    sees: (names) => `sees it empty too: ${names.join(', ')}`,
    anybodyKeeps: 'others who have it keep the old entries',
    anybodySees: 'everybody who holds it sees it empty',
    changesFiles: (files) => `in ${files} files`,
    locksStay: 'locks that are taken stay',
  },
  conversionFaults: {
    local: 'for fields and variables of package level',
    exported: 'the name is exported: other packages may use it',
    declaration: 'it is not declared as a field of a struct type of this package, or together with others',
    'named-type': 'its type has a name, and may have methods',
    entries: '{place}: it is made with entries',
    copied: 'values of its struct are copied, or written without field names',
    'other-build': '{file} is built apart and mentions the name',
    version: 'takes Go {version}',
    'handed-on': '{place}: the map is handed on as such',
    'nil-test': '{place}: it is compared with nil',
    several: '{place}: it is assigned together with something else',
    comment: '{place}: a comment would be lost',
    names: 'a name that it takes means something else here',
    size: '{place}: a sync.Map does not know how many entries it has',
    update: '{place}: the new value comes from the old one, which takes two calls of a sync.Map',
    loop: '{place}: changed in a loop, each turn would copy the whole map',
    calls: '{place}: the new value comes from a function, which may use the map itself',
    stop: 'nothing would stop the goroutine: its type has no Close, Stop or Shutdown',
  },
  placeNamed: (file, line) => (file === undefined ? `line ${line}` : `${file}, line ${line}`),
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
  holderElsewhere: (holder, file) => `${holder} in ${file}`,
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
  changeSeverity: (rule) => `更改 ${rule} 的严重级别…`,
  explain: (rule) => `解释 ${rule}`,
  reportFalsePositive: (rule) => `报告 ${rule} 的误报…`,
  reasonToFill: '请说明此处为何没有问题',
  needsALook: (title) => `${title}（请检查结果）`,
  hoverSafeFix: '快速修复是安全的：行为保持不变。',
  hoverUnsafeFix: (caution) => `快速修复需要确认：${caution}`,
  hoverNoFix: '没有自动修复。',
  hoverExplain: (rule) => `解释 ${rule}`,
  hoverDocument: '文档',
  hoverSections: (sections) => `第 ${sections.join('、')} 节`,
  pageBack: '返回',
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
    'copy-on-write': '写时复制：改写 {name} 的所有使用处',
    'sync-map': 'sync.Map：改写 {name} 的所有使用处',
    owner: '由单个 goroutine 持有 {name}，其他代码通过通道操作',
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
    'copy-on-write': '读取无需加锁，看到的始终是某一时刻的完整状态；每次修改都会复制整个 map',
    'sync-map': '无需自行加锁；多次调用合起来不是原子操作；写入和清空的开销更大',
    owner: '无需加锁；每次访问都要等待持有它的 goroutine 处理，遍历前先复制整个 map',
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
    changesFiles: (files) => `涉及 ${files} 个文件`,
    locksStay: '原有的加锁代码会保留',
  },
  conversionFaults: {
    local: '仅适用于字段和包级变量',
    exported: '名称已导出，其他包可能在使用',
    declaration: '它不是本包具名结构体的字段，或与其他名称一起声明',
    'named-type': '它的类型是具名类型，可能带有方法',
    entries: '{place}：创建时就带有元素',
    copied: '所在结构体的值会被复制，或有字面量省略了字段名',
    'other-build': '{file} 属于另一种构建，其中也出现了这个名称',
    version: '需要 Go {version}',
    'handed-on': '{place}：map 本身被交给了别处',
    'nil-test': '{place}：与 nil 比较',
    several: '{place}：与其他变量一起赋值',
    comment: '{place}：会丢失注释',
    names: '所需的名称在这里另有含义',
    size: '{place}：sync.Map 无法直接得到元素个数',
    update: '{place}：新值依赖旧值，用 sync.Map 需要两次调用',
    loop: '{place}：在循环中修改，每一轮都会复制整个 map',
    calls: '{place}：新值由函数算出，该函数可能会访问同一个 map',
    stop: '没有代码能停止该 goroutine：所属类型没有 Close、Stop 或 Shutdown 方法',
  },
  placeNamed: (file, line) => (file === undefined ? `第 ${line} 行` : `${file} 第 ${line} 行`),
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
  holderElsewhere: (holder, file) => `${file} 中的${holder.startsWith('`') ? ' ' : ''}${holder}`,
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
