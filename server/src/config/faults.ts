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
  'bad-severity': '“{rule}”的严重性必须是 off、hint、information、warning、error 之一',
  'bad-version': 'go.version 必须是形如 "1.21" 的字符串',
  'bad-size': 'maxFileSize 必须是大于 0 的字节数',
  'missing-files': 'overrides 的每一项都需要 "files"，即 glob 列表',
  'bad-overrides': 'overrides 必须是由 "files" 和 "rules" 组成的对象列表',
};

/** The messages by language, for the test that both have the same ids and places. */
export const faultMessages: Readonly<Record<Locale, Readonly<Record<FaultId, string>>>> = { en, 'zh-cn': zhCn };

export function faultNotice(path: string, line: number, id: FaultId, values: Readonly<Record<string, string>>): Notice {
  return { path, line, message: fillIn(en[id], values), translations: { 'zh-cn': fillIn(zhCn[id], values) } };
}
