// What the command line says besides the rules' own messages, in each language.

import type { Locale, Severity } from '../rules/rule.ts';

export interface Words {
  readonly description: string;
  readonly checkDescription: string;
  readonly explainDescription: string;
  readonly rulesDescription: string;
  readonly serverDescription: string;
  readonly pathsArgument: string;
  readonly topicArgument: string;
  readonly formatOption: string;
  readonly fixOption: string;
  readonly failOnOption: string;
  readonly configOption: string;
  readonly rulesOption: string;
  readonly langOption: string;
  readonly statsOption: string;
  readonly cacheFolderOption: string;
  readonly noCacheOption: string;
  readonly sectionOption: string;
  readonly contentsOption: string;
  readonly stdioOption: string;
  readonly helpOption: string;
  readonly versionOption: string;
  readonly usage: string;
  readonly options: string;
  readonly commands: string;
  readonly arguments: string;

  severity(severity: Severity): string;
  severityCount(count: number, severity: Severity): string;
  readonly safeFix: string;
  readonly unsafeFix: string;
  toLine(line: number): string;
  summary(counts: { readonly findings: number; readonly bySeverity: string; readonly files: number; readonly analysed: number }): string;
  clean(analysed: number): string;
  fixable(count: number): string;
  fixed(files: number): string;
  statistics(stats: { readonly files: number; readonly bytes: number; readonly packages: number; readonly milliseconds: number }): string;
  known(files: number, all: number): string;
  skipped(file: string, reason: string): string;
  notWritten(file: string, reason: string): string;
  notKept(error: string): string;
  progress(done: number, total: number): string;
  readonly generated: string;
  readonly vendored: string;
  readonly readOnly: string;
  readonly nothingToAnalyse: string;
  readonly excludedBySettings: string;
  readonly notAnalysed: string;
  syntaxError(line: number, column: number, message: string): string;
  noSuchPath(path: string): string;
  noSuchConfiguration(path: string, detail: string): string;
  unknownRule(rule: string, similar: string | undefined): string;
  readonly noRules: string;
  unknownTopic(topic: string, similar: string | undefined): string;
  unknownSection(section: string, known: string): string;
  unknownOption(option: string): string;
  unknownCommand(command: string, similar: string | undefined): string;
  readonly nothingToExplain: string;
  ruleFailed(rule: string, file: string, error: string): string;
  crashed(error: string): string;
  readonly tableHead: readonly [rule: string, severity: string, languages: string, finds: string];
  readonly preview: string;
}

const en: Words = {
  description: 'Finds code that clears a map in a way that does not do what it looks like.',
  checkDescription: 'analyse files and folders',
  explainDescription: 'show the page of a rule or a strategy, or the verdicts on a section of the source document',
  rulesDescription: 'list the rules',
  serverDescription: 'run the language server',
  pathsArgument: 'files and folders; ./... is the same as .',
  topicArgument: 'the id of a rule or a strategy',
  formatOption: 'how findings are written',
  fixOption: 'apply the safe fixes, then report what remains',
  failOnOption: 'exit with 1 if a finding is at least this severe',
  configOption: 'use this configuration instead of the nearest .mapwarden.json',
  rulesOption: 'run only these rules, separated by commas',
  langOption: 'language of the messages',
  statsOption: 'say how much was analysed',
  cacheFolderOption: 'keep results for the next run in this folder, in place of the system\'s for caches',
  noCacheOption: 'neither use results of earlier runs nor keep any',
  sectionOption: 'a section of the source document, such as 2.3',
  contentsOption: 'the source document by section, with our verdicts, and the list of strategies',
  stdioOption: 'speak the Language Server Protocol over standard input and output',
  helpOption: 'show this help',
  versionOption: 'show the version',
  usage: 'Usage:',
  options: 'Options:',
  commands: 'Commands:',
  arguments: 'Arguments:',

  severity: (severity) => severity,
  severityCount: (n, severity) => (severity === 'information' ? `${n} information` : count(n, severity)),
  safeFix: 'fix',
  unsafeFix: 'unsafe fix',
  toLine: (line) => `to line ${line}`,
  summary: ({ findings, bySeverity, files, analysed }) => `${count(findings, 'finding')} (${bySeverity}) in ${files} of ${count(analysed, 'file')}`,
  clean: (analysed) => `no findings in ${count(analysed, 'file')}`,
  fixable: (fixes) => `${fixes} can be fixed with --fix`,
  fixed: (files) => `fixed ${count(files, 'file')}`,
  statistics: ({ files, bytes, packages, milliseconds }) => `analysed ${count(files, 'file')} (${bytesInWords(bytes)}) in ${count(packages, 'package')}, ${(milliseconds / 1000).toFixed(2)} s`,
  known: (files, all) => `${files} of ${count(all, 'file')} known from earlier runs`,
  skipped: (file, reason) => `skipped ${file}: ${reason}`,
  notWritten: (file, reason) => `not fixed: ${file}: ${reason}`,
  notKept: (error) => `results cannot be kept for the next run: ${error}`,
  progress: (done, total) => `analysing ${done} of ${total} files`,
  generated: 'it is generated',
  vendored: 'it is a copy of code from elsewhere',
  readOnly: 'it cannot be written to, or holds bytes that are not UTF-8',
  nothingToAnalyse: 'nothing to analyse',
  excludedBySettings: 'excluded by the configuration',
  notAnalysed: 'no language that is analysed',
  syntaxError: (line, column, message) => `does not parse: ${line}:${column}: ${message}`,
  noSuchPath: (path) => `no such file or folder: ${path}`,
  noSuchConfiguration: (path, detail) => `cannot read the configuration ${path}: ${detail}`,
  unknownRule: (rule, similar) => `unknown rule '${rule}'${similar === undefined ? '' : `; did you mean '${similar}'?`}`,
  noRules: '--rules needs the id of a rule',
  unknownTopic: (topic, similar) => `nothing is known about '${topic}'${similar === undefined ? "; 'mapwarden rules' lists the rules, 'mapwarden explain --contents' the strategies" : `; did you mean '${similar}'?`}`,
  unknownSection: (section, known) => `the document has no section '${section}'; there are ${known}`,
  unknownOption: (option) => `unknown option '${option}'`,
  unknownCommand: (command, similar) => `unknown command '${command}'${similar === undefined ? "; 'mapwarden --help' lists the commands" : `; did you mean '${similar}'?`}`,
  nothingToExplain: 'say which rule or strategy, --section and a number, or --contents',
  ruleFailed: (rule, file, error) => `the rule ${rule} failed in ${file} and is left out there: ${error}`,
  crashed: (error) => `mapwarden stopped because of a fault of its own: ${error}`,
  tableHead: ['rule', 'severity', 'languages', 'finds'],
  preview: 'preview',
};

const severitiesInChinese: Readonly<Record<Severity, string>> = { error: '错误', warning: '警告', information: '信息', hint: '提示', off: '关闭' };

const zhCn: Words = {
  description: '找出并未真正清空 map 的代码，以及未加同步就被并发访问的共享数据。',
  checkDescription: '分析文件和文件夹',
  explainDescription: '显示规则或做法的说明页，或来源文档某一节的结论',
  rulesDescription: '列出规则',
  serverDescription: '运行语言服务器',
  pathsArgument: '文件和文件夹；./... 等同于 .',
  topicArgument: '规则或做法的名称',
  formatOption: '结果的输出格式',
  fixOption: '应用安全的修复，然后报告剩余的问题',
  failOnOption: '存在不低于此严重级别的问题时以 1 退出',
  configOption: '使用此配置，而不是最近的 .mapwarden.json',
  rulesOption: '只运行这些规则，以逗号分隔',
  langOption: '消息的语言',
  statsOption: '说明分析了多少内容',
  cacheFolderOption: '把结果保存在这个文件夹中供下次运行使用，而不用系统的缓存文件夹',
  noCacheOption: '既不使用以前运行的结果，也不保存结果',
  sectionOption: '来源文档的章节，例如 2.3',
  contentsOption: '来源文档各节及其结论，以及所有做法',
  stdioOption: '通过标准输入输出使用语言服务器协议',
  helpOption: '显示此帮助',
  versionOption: '显示版本',
  usage: '用法：',
  options: '选项：',
  commands: '命令：',
  arguments: '参数：',

  severity: (severity) => severitiesInChinese[severity],
  severityCount: (n, severity) => `${n} 个${severitiesInChinese[severity]}`,
  safeFix: '修复',
  unsafeFix: '不安全的修复',
  toLine: (line) => `至第 ${line} 行`,
  summary: ({ findings, bySeverity, files, analysed }) => `共 ${findings} 个问题（${bySeverity}），涉及 ${analysed} 个文件中的 ${files} 个`,
  clean: (analysed) => `${analysed} 个文件中没有发现问题`,
  fixable: (fixes) => `其中 ${fixes} 个可用 --fix 修复`,
  fixed: (files) => `已修复 ${files} 个文件`,
  statistics: ({ files, bytes, packages, milliseconds }) => `分析了 ${packages} 个包中的 ${files} 个文件（${bytesInWords(bytes)}），用时 ${(milliseconds / 1000).toFixed(2)} 秒`,
  known: (files, all) => `${all} 个文件中有 ${files} 个沿用以前运行的结果`,
  skipped: (file, reason) => `已跳过 ${file}：${reason}`,
  notWritten: (file, reason) => `未修复 ${file}：${reason}`,
  notKept: (error) => `无法保存供下次运行使用的结果：${error}`,
  progress: (done, total) => `正在分析第 ${done} 个文件，共 ${total} 个`,
  generated: '它是生成的文件',
  vendored: '它是来自别处的代码副本',
  readOnly: '它不可写，或包含非 UTF-8 的字节',
  nothingToAnalyse: '没有可分析的内容',
  excludedBySettings: '被配置排除',
  notAnalysed: '不是可分析的语言',
  syntaxError: (line, column, message) => `无法解析：${line}:${column}：${message}`,
  noSuchPath: (path) => `没有这样的文件或文件夹：${path}`,
  noSuchConfiguration: (path, detail) => `无法读取配置 ${path}：${detail}`,
  unknownRule: (rule, similar) => `未知的规则“${rule}”${similar === undefined ? '' : `；是否想写“${similar}”？`}`,
  noRules: '--rules 需要规则的名称',
  unknownTopic: (topic, similar) => `没有关于“${topic}”的说明${similar === undefined ? '；用 mapwarden rules 列出规则，用 mapwarden explain --contents 列出做法' : `；是否想写“${similar}”？`}`,
  unknownSection: (section, known) => `文档没有第“${section}”节；可用的有 ${known}`,
  unknownOption: (option) => `未知的选项“${option}”`,
  unknownCommand: (command, similar) => `未知的命令“${command}”${similar === undefined ? '；用 mapwarden --help 列出命令' : `；是否想写“${similar}”？`}`,
  nothingToExplain: '请写明规则或做法，或使用 --section 和章节号、--contents',
  ruleFailed: (rule, file, error) => `规则 ${rule} 在 ${file} 中出错，已在该文件中停用：${error}`,
  crashed: (error) => `mapwarden 因自身故障而停止：${error}`,
  tableHead: ['规则', '严重级别', '语言', '查找内容'],
  preview: '预览',
};

export function wordsFor(locale: Locale): Words {
  return locale === 'zh-cn' ? zhCn : en;
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}

function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
