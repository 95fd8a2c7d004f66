// What can be wrong in a `.mapwarden.json`, in the reader's language.

import { fillIn } from '../text/template.ts';
import type { Locale } from '../rules/rule.ts';
import type { Notice } from './settings.ts';

const en = {
  unreadable: 'the configuration cannot be read: {detail}',
  syntax: 'not valid JSON: {what}',
  'not-an-object': '{what} must be an object',
  'not-a-list': '{what} must be a list of globs',
  'not-a-glob': 'a glob must be a string',
  'bad-glob': "the glob '{glob}' cannot be used: {why}",
  'unknown-key': "unknown key '{key}'",
  'unknown-key-similar': "unknown key '{key}'; did you mean '{similar}'?",
  'duplicate-key': "the key '{key}' stands here twice; the last one counts",
  'unknown-rule': "unknown rule '{rule}'",
  'unknown-rule-similar': "unknown rule '{rule}'; did you mean '{similar}'?",
  'bad-severity': "the severity of '{rule}' must be one of off, hint, information, warning, error",
  'bad-version': 'go.version must be a string such as "1.21"',
  'not-a-boolean': '{what} must be true or false',
  'bad-size': 'maxFileSize must be a number of bytes above 0',
  'missing-files': 'an override needs "files", a list of globs',
  'bad-overrides': 'overrides must be a list of objects with "files" and "rules"',
};

export type FaultId = keyof typeof en;

const zhCn: Readonly<Record<FaultId, string>> = {
  unreadable: '无法读取配置：{detail}',
  syntax: '不是有效的 JSON：{what}',
  'not-an-object': '{what} 必须是对象',
  'not-a-list': '{what} 必须是 glob 列表',
  'not-a-glob': 'glob 必须是字符串',
  'bad-glob': '无法使用 glob “{glob}”：{why}',
  'unknown-key': '未知的键“{key}”',
  'unknown-key-similar': '未知的键“{key}”；是否想写“{similar}”？',
  'duplicate-key': '键“{key}”出现了两次；以最后一个为准',
  'unknown-rule': '未知的规则“{rule}”',
  'unknown-rule-similar': '未知的规则“{rule}”；是否想写“{similar}”？',
  'bad-severity': '“{rule}”的严重级别必须是 off、hint、information、warning、error 之一',
  'bad-version': 'go.version 必须是形如 "1.21" 的字符串',
  'not-a-boolean': '{what} 必须是 true 或 false',
  'bad-size': 'maxFileSize 必须是大于 0 的字节数',
  'missing-files': 'overrides 的每一项都需要 "files"，即 glob 列表',
  'bad-overrides': 'overrides 必须是由 "files" 和 "rules" 组成的对象列表',
};

/** The messages by language, for the test that both have the same ids and places. */
export const faultMessages: Readonly<Record<Locale, Readonly<Record<FaultId, string>>>> = { en, 'zh-cn': zhCn };

/** Part of a message: code, which reads the same in every language, or words. */
export type FaultValue = string | Readonly<Record<Locale, string>>;

export function faultNotice(path: string, line: number, id: FaultId, values: Readonly<Record<string, FaultValue>>): Notice {
  const text = (locale: Locale): string => fillIn(faultMessages[locale][id], valuesIn(locale, values));
  return { path, line, message: text('en'), translations: { 'zh-cn': text('zh-cn') } };
}

function valuesIn(locale: Locale, values: Readonly<Record<string, FaultValue>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : value[locale]]));
}

/** What the JSON parser stumbled over, by the names it gives its errors. */
export const syntaxFaults: Readonly<Record<string, FaultValue>> = {
  InvalidSymbol: { en: 'unexpected word', 'zh-cn': '意外的单词' },
  InvalidNumberFormat: { en: 'malformed number', 'zh-cn': '数字格式错误' },
  PropertyNameExpected: { en: 'property name expected', 'zh-cn': '缺少属性名' },
  ValueExpected: { en: 'value expected', 'zh-cn': '缺少值' },
  ColonExpected: { en: 'colon expected', 'zh-cn': '缺少冒号' },
  CommaExpected: { en: 'comma expected', 'zh-cn': '缺少逗号' },
  CloseBraceExpected: { en: "'}' expected", 'zh-cn': '缺少“}”' },
  CloseBracketExpected: { en: "']' expected", 'zh-cn': '缺少“]”' },
  EndOfFileExpected: { en: 'end of file expected', 'zh-cn': '此处文件应当结束' },
  InvalidCommentToken: { en: 'malformed comment', 'zh-cn': '注释格式错误' },
  UnexpectedEndOfComment: { en: 'comment without an end', 'zh-cn': '注释没有结束' },
  UnexpectedEndOfString: { en: 'string without an end', 'zh-cn': '字符串没有结束' },
  UnexpectedEndOfNumber: { en: 'number without an end', 'zh-cn': '数字没有结束' },
  InvalidUnicode: { en: 'malformed \\u escape', 'zh-cn': '\\u 转义格式错误' },
  InvalidEscapeCharacter: { en: 'malformed escape', 'zh-cn': '转义格式错误' },
  InvalidCharacter: { en: 'control character in a string', 'zh-cn': '字符串中有控制字符' },
};

export const unexpectedText: FaultValue = { en: 'unexpected text', 'zh-cn': '意外的文本' };
