import { defineRule } from '../rule.ts';
import { detectGo } from './go.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

export const nilMapWrite = defineRule({
  id: 'nil-map-write',
  category: 'clearing',
  severity: 'warning',
  messageSeverities: { decoded: 'information' },
  since: '0.4.0',
  sections: ['1'],
  supersedes: ['nil-reset'],
  messages: {
    en: {
      never: 'this panics: {map} is nil, as nothing in the package ever gives the field {name} a map',
      'never-variable': 'this panics: {map} is nil, as nothing in the package ever gives it a map',
      unmade: 'this call panics: {function} writes into {name} (line {line}), which this object never got a map for',
      argument: 'this call panics: {function} writes into the map it is given (line {line}), and nil is what it is given',
      decoded: 'this panics if the input that line {line} decodes has no {name}: {map} is nil then',
      decode: 'a decoder fills it here; what its input does not have stays nil',
      constructed: 'a new object gets its map here',
      fix: 'Make {map} first: {replacement}',
      also: 'this panics too',
      insert: 'the write is here',
      made: 'the object is made here, without {name}',
    },
    'zh-cn': {
      never: '这里会 panic：{map} 是 nil，包内没有任何代码给字段 {name} 赋过 map',
      'never-variable': '这里会 panic：{map} 是 nil，包内没有任何代码给它赋过 map',
      unmade: '这次调用会 panic：{function} 会写入 {name}（第 {line} 行），而这个对象的该字段从未分配过 map',
      argument: '这次调用会 panic：{function} 会写入传给它的 map（第 {line} 行），而这里传的是 nil',
      decoded: '如果第 {line} 行解码的输入里没有 {name}，这里会 panic：此时 {map} 是 nil',
      decode: '解码器在这里填充它；输入里没有的部分仍是 nil',
      constructed: '新对象在这里得到 map',
      fix: '先分配 {map}：{replacement}',
      also: '这里同样会 panic',
      insert: '写入在这里',
      made: '对象在这里创建，没有给出 {name}',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: { go: detectGo },
});
