// Figures of the pages as SVG. Colours are CSS variables with fallbacks, so that a figure follows the theme it is shown in.

import type { Locale } from '../rules/rule.ts';
import { costsOfPage, measuredCosts } from './costs.ts';

const foreground = 'var(--vscode-foreground, currentColor)';
const muted = 'var(--vscode-descriptionForeground, gray)';
const bar = 'var(--vscode-charts-blue, #3794ff)';
const strongBar = 'var(--vscode-charts-yellow, #cca700)';
const danger = 'var(--vscode-charts-red, #f14c4c)';

const chartEntries = 1000;

const labels: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  clear: { en: 'clear(m)', 'zh-cn': 'clear(m)' },
  loop: { en: 'loop, recognised', 'zh-cn': '可识别的循环' },
  'slow-loop': { en: 'loop, k and _', 'zh-cn': '循环（k, _）' },
  make: { en: 'make', 'zh-cn': 'make' },
  'make-sized': { en: 'make with size', 'zh-cn': '带容量的 make' },
  'reflect-clear': { en: 'reflect Clear', 'zh-cn': 'reflect Clear' },
  'sync-map-range': { en: 'sync.Map Range', 'zh-cn': 'sync.Map Range' },
  'sync-map-clear': { en: 'sync.Map Clear', 'zh-cn': 'sync.Map Clear' },
};

const chartWords = {
  en: { title: `Cost of emptying a map of ${chartEntries} entries, clear = 1`, empty: 'emptying', refill: 'emptying and refilling', measured: (go: string) => `go${go}, ${measuredCosts.platform}, minimum of ${measuredCosts.repetitions} runs side by side; logarithmic` },
  'zh-cn': { title: `清空 ${chartEntries} 个元素的开销，clear = 1`, empty: '清空', refill: '清空并重新填充', measured: (go: string) => `go${go}，${measuredCosts.platform}，并排运行 ${measuredCosts.repetitions} 次取最小值；对数刻度` },
} as const;

/** The cost chart; the strategies of a page stand out. */
export function costChart(page: string | undefined, locale: Locale): string {
  const own = page === undefined ? [] : (costsOfPage[page] ?? []);
  const rows = measuredCosts.rows.filter(({ entries }) => entries === chartEntries);
  const words = chartWords[locale];
  const left = 130;
  const width = 640;
  const rowHeight = 34;
  const least = Math.min(...rows.flatMap(({ empty, refill }) => [empty, refill]), 1) / 1.5;
  const most = Math.max(...rows.flatMap(({ empty, refill }) => [empty, refill]), 1);
  const x = (value: number): number => left + (Math.log(value / least) / Math.log(most / least)) * (width - left - 60);
  const one = x(1).toFixed(1);
  const bars = rows.map(({ strategy, empty, refill }, i) => {
    const y = 34 + i * rowHeight;
    const fill = own.includes(strategy) ? strongBar : bar;
    const line = (value: number, dy: number, opacity: number): string =>
      `<rect x="${left}" y="${y + dy}" width="${Math.max(1, x(value) - left).toFixed(1)}" height="11" style="fill:${fill};opacity:${opacity}"/><text x="${(x(value) + 5).toFixed(1)}" y="${y + dy + 9.5}" style="fill:${foreground};font-size:11px">${value}</text>`;
    return `<text x="${left - 8}" y="${y + 16}" text-anchor="end" style="fill:${foreground};font-size:12px${own.includes(strategy) ? ';font-weight:bold' : ''}">${labels[strategy]?.[locale] ?? strategy}</text>${line(empty, 0, 1)}${line(refill, 13, 0.5)}`;
  });
  const bottom = 34 + rows.length * rowHeight;
  const legend = `<rect x="${left}" y="${bottom + 8}" width="10" height="10" style="fill:${bar}"/><text x="${left + 15}" y="${bottom + 17}" style="fill:${muted};font-size:11px">${words.empty}</text><rect x="${left + 110}" y="${bottom + 8}" width="10" height="10" style="fill:${bar};opacity:0.5"/><text x="${left + 125}" y="${bottom + 17}" style="fill:${muted};font-size:11px">${words.refill}</text>`;
  return figure(width, bottom + 44, words.title, [
    `<text x="0" y="16" style="fill:${foreground};font-size:13px;font-weight:bold">${words.title}</text>`,
    `<line x1="${one}" x2="${one}" y1="28" y2="${bottom}" style="stroke:${muted};stroke-dasharray:3 3"/>`,
    ...bars,
    legend,
    `<text x="${left}" y="${bottom + 36}" style="fill:${muted};font-size:11px">${words.measured(measuredCosts.go)}</text>`,
  ]);
}

interface Step {
  /** 0 for the first task, 1 for the second. */
  readonly task: 0 | 1;
  readonly text: string;
  /** The step that does the damage. */
  readonly bad?: true;
}

interface Interleaving {
  readonly tasks: readonly [string, string];
  readonly steps: readonly Step[];
  readonly outcome: string;
}

const interleavings: Readonly<Record<string, Readonly<Record<Locale, Interleaving>>>> = {
  'rwmutex-map': {
    en: { tasks: ['reader', 'clearing under RLock'], steps: [{ task: 0, text: 'RLock' }, { task: 1, text: 'RLock (admitted)' }, { task: 0, text: 'reads c.entries[k]' }, { task: 1, text: 'clear(c.entries)', bad: true }], outcome: 'data race; the process may end with a fatal error' },
    'zh-cn': { tasks: ['读取者', '在读锁下清空'], steps: [{ task: 0, text: 'RLock' }, { task: 1, text: 'RLock（允许同时持有）' }, { task: 0, text: '读 c.entries[k]' }, { task: 1, text: 'clear(c.entries)', bad: true }], outcome: '数据竞争；进程可能因 fatal error 终止' },
  },
  'copy-on-write': {
    en: { tasks: ['writer without a lock', 'clear'], steps: [{ task: 0, text: 'loads the map, copies it' }, { task: 1, text: 'stores an empty map' }, { task: 0, text: 'stores its copy', bad: true }], outcome: 'the clear is undone' },
    'zh-cn': { tasks: ['不加锁的写者', '清空'], steps: [{ task: 0, text: '加载并复制 map' }, { task: 1, text: '存入空 map' }, { task: 0, text: '存入自己的副本', bad: true }], outcome: '清空失效' },
  },
  'sync-map': {
    en: { tasks: ['Range and Delete', 'writer'], steps: [{ task: 0, text: 'Range visits a and deletes it' }, { task: 1, text: 'Store(b)', bad: true }, { task: 0, text: 'Range ends' }], outcome: 'b may stay' },
    'zh-cn': { tasks: ['Range 加 Delete', '写者'], steps: [{ task: 0, text: 'Range 访问 a 并删除' }, { task: 1, text: 'Store(b)', bad: true }, { task: 0, text: 'Range 结束' }], outcome: 'b 可能留下' },
  },
  'clear-once': {
    en: { tasks: ['caller', 'once.Do'], steps: [{ task: 0, text: 'wg.Wait() returns at once', bad: true }, { task: 1, text: 'wg.Add(1), go clear' }, { task: 0, text: 'reads the flag' }, { task: 1, text: 'clears, sets the flag' }], outcome: 'the caller believes it is cleared' },
    'zh-cn': { tasks: ['调用者', 'once.Do'], steps: [{ task: 0, text: 'wg.Wait() 立即返回', bad: true }, { task: 1, text: 'wg.Add(1)，go 清空' }, { task: 0, text: '读取标志' }, { task: 1, text: '清空并设置标志' }], outcome: '调用者误以为已清空' },
  },
  'ts-epoch-token': {
    en: { tasks: ['loader', 'clear'], steps: [{ task: 0, text: 'await load(user)' }, { task: 1, text: 'map.clear()' }, { task: 0, text: 'map.set(user, …)', bad: true }], outcome: 'what was cleared is back' },
    'zh-cn': { tasks: ['加载', '清空'], steps: [{ task: 0, text: 'await load(user)' }, { task: 1, text: 'map.clear()' }, { task: 0, text: 'map.set(user, …)', bad: true }], outcome: '已清空的内容又回来了' },
  },
  'ts-swap-then-clear': {
    en: { tasks: ['flush', 'writer'], steps: [{ task: 0, text: 'await send(pending)' }, { task: 1, text: 'pending.set(key, …)' }, { task: 0, text: 'pending.clear()', bad: true }], outcome: 'the new entry is lost' },
    'zh-cn': { tasks: ['刷新', '写入'], steps: [{ task: 0, text: 'await send(pending)' }, { task: 1, text: 'pending.set(key, …)' }, { task: 0, text: 'pending.clear()', bad: true }], outcome: '新元素丢失' },
  },
  'ts-identity-checked-delete': {
    en: { tasks: ['first upload', 'second upload'], steps: [{ task: 0, text: 'running.set(file, first)' }, { task: 1, text: 'running.set(file, second)' }, { task: 0, text: 'finally: running.delete(file)', bad: true }], outcome: 'the second is no longer known' },
    'zh-cn': { tasks: ['第一次上传', '第二次上传'], steps: [{ task: 0, text: 'running.set(file, first)' }, { task: 1, text: 'running.set(file, second)' }, { task: 0, text: 'finally: running.delete(file)', bad: true }], outcome: '第二次上传的条目丢失' },
  },
};

/** The order of steps that goes wrong without the strategy of a page, or undefined where there is none. */
export function interleavingDiagram(page: string, locale: Locale): string | undefined {
  const shown = interleavings[page]?.[locale];
  if (!shown) return undefined;
  const width = 640;
  const columns = [160, 470] as const;
  const height = 70 + shown.steps.length * 34;
  const lanes = columns.map((x, i) => `<text x="${x}" y="18" text-anchor="middle" style="fill:${foreground};font-size:13px;font-weight:bold">${escaped(shown.tasks[i as 0 | 1])}</text><line x1="${x}" x2="${x}" y1="26" y2="${height - 36}" style="stroke:${muted}"/>`);
  const steps = shown.steps.map(({ task, text, bad }, i) => {
    const y = 34 + i * 34;
    const x = columns[task];
    return `<rect x="${x - 125}" y="${y}" width="250" height="24" rx="4" style="fill:var(--vscode-editor-background, white);stroke:${bad ? danger : bar};stroke-width:${bad ? 2 : 1}"/><text x="${x}" y="${y + 16}" text-anchor="middle" style="fill:${foreground};font-size:12px">${escaped(text)}</text>`;
  });
  return figure(width, height, shown.outcome, [...lanes, ...steps, `<text x="${width / 2}" y="${height - 12}" text-anchor="middle" style="fill:${danger};font-size:12px">${escaped(shown.outcome)}</text>`]);
}

function figure(width: number, height: number, label: string, parts: readonly string[]): string {
  return `<svg role="img" aria-label="${escaped(label)}" viewBox="0 0 ${width} ${height}" style="max-width:${width}px;width:100%;font-family:var(--vscode-font-family, sans-serif)" xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
