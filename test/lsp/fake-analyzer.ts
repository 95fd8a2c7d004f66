// An analyzer whose findings are words in the text, so that the server can be tested apart from Go.
//
//   SLOW   analyze takes a while
//   LOOP   rule loop, safe fix: CLEAR          RISK   rule risk, unsafe fix: SAFER
//   GREY   rule loop, unnecessary, no fix      BOOM   analyze throws
//   REF    rule loop, related to the first byte of other.go beside it

import type { AnalyzerOptions, FileAnalysis, ResolvedFix } from '../../server/src/analyzer.ts';
import type { AnalyzerFacade } from '../../server/src/lsp/facade.ts';
import { dirname } from '../../server/src/workspace/paths.ts';
import type { Finding, Rule } from '../../server/src/rules/rule.ts';
import { overlaps } from '../../server/src/text/span.ts';
import type { Edit } from '../../server/src/text/span.ts';

export const fakeRules: readonly Rule[] = [
  {
    id: 'loop',
    category: 'clearing',
    severity: 'warning',
    since: '0.2.0',
    sections: [],
    messages: {
      en: { found: 'loop *{n}* deletes', related: 'the other place', fix: 'use clear' },
      'zh-cn': { found: '循环 {n}', related: '另一处', fix: '使用 clear' },
    },
    docs: { en: '# A loop clears\n\nIt is slow\nand wordy.\n\n## Why\n\nBecause.\n', 'zh-cn': '# 循环清空\n\n它很慢。\n\n## 为什么\n' },
    detectors: {},
  },
  {
    id: 'risk',
    category: 'clearing',
    severity: 'error',
    since: '0.2.0',
    sections: [],
    messages: {
      en: { found: 'a risk', fix: 'take the safer way', caution: 'it may differ' },
      'zh-cn': { found: '风险', fix: '采用更安全的方式', caution: '结果可能不同' },
    },
    docs: { en: '# A risk\n\nIt is risky.\n', 'zh-cn': '# 风险\n\n有风险。\n' },
    detectors: {},
  },
];

export class FakeAnalyzer implements AnalyzerFacade {
  readonly calls: string[] = [];
  readonly #options: AnalyzerOptions;

  constructor(options: AnalyzerOptions) {
    this.#options = options;
  }

  analyze(path: string): FileAnalysis {
    this.calls.push(`analyze ${path}`);
    const settings = this.settingsOf(path);
    const read = this.#options.fileSystem.readFile(path);
    const skipped = !settings.enable
      ? 'switched off'
      : read.kind !== 'text'
        ? 'missing'
        : read.text.length > settings.maxFileSize
          ? 'too large'
          : undefined;
    if (skipped !== undefined || read.kind !== 'text') return { path, text: '', version: '0', findings: [], notices: [], skipped: skipped ?? 'missing' };
    if (read.text.includes('BOOM')) throw new Error('boom');
    if (read.text.includes('SLOW')) spin(15);
    const findings = [...read.text.matchAll(/LOOP|RISK|GREY|REF/g)].flatMap((match) => this.#finding(path, match[0], match.index));
    return { path, text: read.text, version: read.version, findings, notices: this.#notices(path), generated: read.text.startsWith('// Code generated') };
  }

  #finding(path: string, word: string, start: number): Finding[] {
    const rule = word === 'RISK' ? 'risk' : 'loop';
    const severity = this.#options.settingsFor?.(path).rules?.[rule] ?? (rule === 'risk' ? 'error' : 'warning');
    if (severity === 'off') return [];
    const span = { start, end: start + word.length };
    const edit = { ...span, newText: word === 'RISK' ? 'SAFER' : 'CLEAR' };
    return [
      {
        rule,
        path,
        span,
        subject: span,
        severity,
        message: { id: 'found', arguments: { n: word } },
        related: word === 'REF' ? [{ path: `${dirname(path)}/other.go`, span: { start: 0, end: 1 }, message: { id: 'related' } }] : [],
        fixes:
          word === 'RISK'
            ? [{ title: { id: 'fix' }, safe: false, caution: { id: 'caution' }, edits: [edit] }]
            : word === 'LOOP'
              ? [{ title: { id: 'fix' }, safe: true, edits: [edit] }]
              : [],
        ...(word === 'GREY' ? { unnecessary: true } : {}),
      },
    ];
  }

  /** A `.mapwarden.json` beside the file that holds FAULT is faulty at its second line. */
  #notices(path: string): FileAnalysis['notices'] {
    const configuration = `${dirname(path)}/.mapwarden.json`;
    const read = this.#options.fileSystem.readFile(configuration);
    return read.kind === 'text' && read.text.includes('FAULT') ? [{ path: configuration, line: 2, message: 'not understood' }] : [];
  }

  settingsOf(path: string): ReturnType<AnalyzerFacade['settingsOf']> {
    const settings = this.#options.settingsFor?.(path) ?? {};
    return {
      enable: settings.enable ?? true,
      excluded: false,
      severityOf: () => undefined,
      goVersion: settings.goVersion,
      shownByVet: settings.shownByVet ?? true,
      maxFileSize: settings.maxFileSize ?? 5_000_000,
    };
  }

  fixesOf(finding: Finding): readonly ResolvedFix[] {
    return finding.fixes.map((fix) => ({ title: fix.title, caution: fix.caution, safe: fix.safe, edits: new Map([[finding.path, fix.edits]]), creates: [] }));
  }

  safeEdits(_path: string, findings: readonly Finding[]): readonly Edit[] {
    const edits = findings.flatMap((finding) => finding.fixes.find((fix) => fix.safe)?.edits ?? []);
    return edits.filter((edit, at) => !edits.slice(0, at).some((earlier) => overlaps(edit, earlier)));
  }

  goVersionOf(): ReturnType<AnalyzerFacade['goVersionOf']> {
    return { version: '1.21', reason: 'go.mod' };
  }

  clearCompletionAt(): undefined {
    return undefined;
  }

  mapOperationAt(): undefined {
    return undefined;
  }

  mapFactsAt(): undefined {
    return undefined;
  }

  conversionsAt(): readonly [] {
    return [];
  }

  strategiesAt(): readonly [] {
    return [];
  }

  snippetPlaceAt(): undefined {
    return undefined;
  }

  fallbackFilesAt(): 'not-possible' {
    return 'not-possible';
  }

  importEdits(): readonly [] {
    return [];
  }

  containerOperationAt(): undefined {
    return undefined;
  }

  typedOperationAt(): undefined {
    return undefined;
  }

  changed(path: string, change?: { start: number; end: number; newText: string }): void {
    this.calls.push(`changed ${path} ${change ? `${change.start}-${change.end} ${JSON.stringify(change.newText)}` : 'whole'}`);
  }

  invalidate(path: string): void {
    this.calls.push(`invalidate ${path}`);
  }

  settingsChanged(): void {
    this.calls.push('settingsChanged');
  }

  release(directory: string): void {
    this.calls.push(`release ${directory}`);
  }
}

function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
