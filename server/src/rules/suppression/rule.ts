import { defineRule } from '../rule.ts';
import en from './docs.en.md';
import zh from './docs.zh-cn.md';

// What it reports comes from server/src/analyzer/suppressions.ts: whether a directive silences anything is known only when
// every other rule has run.
export const suppression = defineRule({
  id: 'suppression',
  category: 'project',
  severity: 'warning',
  since: '0.2.0',
  sections: [],
  messages: {
    en: {
      'missing-reason': 'this comment does not silence {rules}: it gives no reason',
      'unknown-rule': "there is no rule '{rule}'",
      'unknown-rule-similar': "there is no rule '{rule}'; did you mean '{similar}'?",
      unused: '{rule} finds nothing here; the comment silences nothing',
      'unused-file': '{rule} finds nothing in this file; the comment silences nothing',
      malformed: 'this comment silences nothing: it names no rule',
      'malformed-verb': "'mapwarden:{verb}' means nothing; there are mapwarden:ignore and mapwarden:ignore-file",
      'malformed-space': 'this comment silences nothing: in Go a directive has no space after //',
      'fix-remove': 'Remove the comment',
      'fix-remove-rule': "Remove '{rule}' from the comment",
      'fix-replace': "Replace '{old}' with '{new}'",
      'fix-space': 'Remove the space',
      'caution-effect': 'findings may be silenced from then on',
      'caution-text': 'what the comment says is lost',
    },
    'zh-cn': {
      'missing-reason': '该注释没有说明理由，因此不会忽略 {rules}',
      'unknown-rule': '没有名为“{rule}”的规则',
      'unknown-rule-similar': '没有名为“{rule}”的规则；是否想写“{similar}”？',
      unused: '{rule} 在此处没有发现问题；该注释没有忽略任何内容',
      'unused-file': '{rule} 在此文件中没有发现问题；该注释没有忽略任何内容',
      malformed: '该注释没有写明规则，因此不会忽略任何内容',
      'malformed-verb': '“mapwarden:{verb}”没有含义；可用的是 mapwarden:ignore 和 mapwarden:ignore-file',
      'malformed-space': '该注释不会忽略任何内容：Go 的指令在 // 之后没有空格',
      'fix-remove': '删除该注释',
      'fix-remove-rule': '从注释中删除“{rule}”',
      'fix-replace': '将“{old}”替换为“{new}”',
      'fix-space': '删除空格',
      'caution-effect': '此后可能会忽略一些问题',
      'caution-text': '注释的内容会丢失',
    },
  },
  docs: { en, 'zh-cn': zh },
  detectors: {},
});
