import { defineRule } from '../rule.ts';
import { detectTypeScript } from './typescript.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const prototypeKeys = defineRule({
  id: 'prototype-keys',
  category: 'clearing',
  severity: 'off',
  messageSeverities: { 'map-property': 'warning' },
  since: '0.4.0',
  sections: ['1'],
  messages: {
    en: {
      inherited: '{object} is a plain object indexed by {key}, which comes from outside: "constructor" is there before anything was stored',
      'map-property': '{map}[…] = … sets a property of the {kind} object and stores no entry: neither size nor clear() know of it',
      'fix-set': 'Write {replacement}',
      'caution-reads': 'code that reads the property instead of the entry must change too',
    },
    'zh-cn': {
      inherited: '{object} 是普通对象，却用来自外部的 {key} 作为键：在存入任何内容之前 "constructor" 就已经存在',
      'map-property': '{map}[…] = … 设置的是 {kind} 对象的属性，并没有存入元素：size 和 clear() 都看不到它',
      'fix-set': '改写为 {replacement}',
      'caution-reads': '读取该属性而不是元素的代码也要一并修改',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { typescript: detectTypeScript },
});
