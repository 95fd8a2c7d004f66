// The source document by section: what each says, in our words, and nothing of its text.

import type { Locale } from '../rules/rule.ts';

export interface Section {
  readonly number: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly summary: Readonly<Record<Locale, string>>;
}

export const sections: readonly Section[] = [
  section('1', ['Clearing a map', '清空 map'], [
    'Recommends to delete every key in a loop, warns of a new map and of nil, and gives the cost of each.',
    '推荐用循环逐个删除键，不建议新建 map 或设为 nil，并给出各自的开销。']),
  section('2.1', ['Emptying a sync.Map', '清空 sync.Map'], [
    'Measures Range and Delete on a sync.Map against a locked map and a new one, and says where each fits.',
    '比较 sync.Map 的 Range 加 Delete、加锁的 map 和新建 map 的耗时，并说明各自的适用范围。']),
  section('2.2', ['A map under an RWMutex', '用 RWMutex 保护的 map'], [
    'Clears a map in place under a write lock, and says that this allocates nothing.',
    '在写锁内原地清空 map，并称这样不分配内存。']),
  section('2.3', ['A map and a channel', 'map 与通道'], [
    'Shows code that is said to deadlock, and a goroutine that carries out commands on a map.',
    '给出一段据称会死锁的代码，以及由一个 goroutine 执行命令的做法。']),
  section('2.4', ['A map behind an atomic.Value', '用 atomic.Value 封装 map'], [
    'Replaces the whole map through an atomic.Value, and explains what others see.',
    '通过 atomic.Value 整体替换 map，并解释其他 goroutine 何时看到。']),
  section('2.5', ['Once and WaitGroup', 'Once 与 WaitGroup'], [
    'Combines sync.Once with a WaitGroup to clear in the background and to know when it is done.',
    '用 sync.Once 加 WaitGroup 在后台清空，并得知何时完成。']),
  section('3.1', ['Escape analysis', '逃逸分析'], [
    'Says that ranging and deleting makes a map escape to the heap.',
    '称遍历加删除会使 map 逃逸到堆上。']),
  section('3.2', ['Reuse through unsafe', '用 unsafe 复用'], [
    'Writes fields of the map header through unsafe.Pointer to keep the table.',
    '通过 unsafe.Pointer 改写 map 头部的字段以复用底层的表。']),
  section('3.3', ['Overwrite fixed keys', '覆盖固定的键'], [
    'Overwrites the values of a fixed set of keys instead of clearing, in Redis and elsewhere.',
    '键固定时以覆盖代替清空，以 Redis 为例。']),
  section('4', ['Older Go versions', '旧的 Go 版本'], [
    'Is about Go 1.20 and older.',
    '讨论 Go 1.20 及更早的版本。']),
  section('4.1', ['A hand-written map clear', '手写的 map 清空'], [
    'Sets fields of the map header to empty it, in place of a function that is said not to be callable.',
    '直接设置 map 头部的字段来清空，以代替据称无法调用的函数。']),
  section('4.2', ['Clearing through reflection', '通过反射清空'], [
    'Falls back from a reflect function to a loop, with figures for both.',
    '在反射函数与循环之间降级，并给出两者的数字。']),
  section('4.3', ['Code for several versions', '适配多个版本'], [
    'Selects code by build constraint and by the text of the runtime version, for removing directories.',
    '按构建约束和运行时版本字符串选择代码，以删除目录为例。']),
  section('4.4', ['Recovering from a map fault', 'map 并发错误的兜底'], [
    'Recovers from the fault of a concurrent change and goes on with an empty map.',
    '对并发修改的错误使用 recover，然后以空 map 继续。']),
  section('5', ['Engineering practice', '工程实践'], [
    'Describes an inference platform; nothing in it is about maps.',
    '介绍一个推理平台，与 map 无关。']),
];

export function sectionNumbered(number: string): Section | undefined {
  return sections.find((section) => section.number === number);
}

function section(number: string, [en, zh]: readonly [string, string], [enSummary, zhSummary]: readonly [string, string]): Section {
  return { number, title: { en, 'zh-cn': zh }, summary: { en: enSummary, 'zh-cn': zhSummary } };
}
