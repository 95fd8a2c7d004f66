import type { StrategyChoice } from './protocol.ts';
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
  /** Around the links to sections of the document. */
  hoverDocument(sections: string): string;
  chooseStrategy(map: string): string;
  readonly strategyTitles: Readonly<Record<StrategyChoice['strategy'], string>>;
  readonly strategyConsequences: Readonly<Record<StrategyChoice['strategy'], string>>;
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
  hoverDocument: (sections) => `the document, section ${sections}`,
  chooseStrategy: (map) => `Choose a clearing strategy for ${map}…`,
  strategyTitles: { clear: 'clear', 'make-sized': 'make with the present size', make: 'make', loop: 'delete loop', nil: 'nil' },
  strategyConsequences: {
    clear: 'everybody who holds the map sees it empty; keeps the memory; removes NaN keys',
    'make-sized': 'who copied the map keeps the old entries; room for as many again',
    make: 'who copied the map keeps the old entries; gives the memory back; grows again when filled',
    loop: 'as clear, for Go before 1.21; entries under NaN keys stay',
    nil: 'gives the memory back; the next write panics unless a new map is made',
  },
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
  hoverDocument: (sections) => `文档第 ${sections} 节`,
  chooseStrategy: (map) => `为 ${map} 选择清空方式…`,
  strategyTitles: { clear: 'clear', 'make-sized': '按当前大小 make', make: 'make', loop: '删除循环', nil: 'nil' },
  strategyConsequences: {
    clear: '所有持有者都看到空 map；保留内存；也删除 NaN 键',
    'make-sized': '复制过 map 的代码仍持有旧元素；预留同样多的空间',
    make: '复制过 map 的代码仍持有旧元素；归还内存；填充时重新扩容',
    loop: '与 clear 相同，适用于 Go 1.21 之前；键为 NaN 的元素会留下',
    nil: '归还内存；不重新 make 的话下一次写入会 panic',
  },
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
