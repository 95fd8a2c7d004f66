import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../rules/rule.ts';
import { touches } from '../text/span.ts';
import { diagnosticsOf, source, type DiagnosticData } from './diagnostics.ts';
import { documentEdits, isCurrent, portableFixes, workspaceEdit, type PortableFix } from './fixes.ts';
import { fallbackEditAt } from './fallback-files.ts';
import { ignoreEdit } from './ignoring.ts';
import { asRecord } from './json.ts';
import type { ClientCommands } from './protocol.ts';
import type { Session } from './session.ts';
import { mapToEmptyAt } from './strategies.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.${source}`;

/** A finding that actions are offered for. */
interface Subject {
  readonly rule: string;
  readonly diagnostic: Diagnostic;
  readonly fixes: readonly PortableFix[];
}

export async function codeActions(session: Session, params: CodeActionParams): Promise<CodeAction[]> {
  const path = session.analysedPath(params.textDocument.uri);
  if (path === undefined || !session.client.codeActionLiterals) return [];
  const { only } = params.context;
  const quick = wants(only, CodeActionKind.QuickFix);
  const subjects = only === undefined || quick ? subjectsOf(session, path, params) : [];
  return [
    ...(quick ? quickFixes(session, path, params.textDocument.uri, subjects) : []),
    ...(wants(only, CodeActionKind.RefactorRewrite) ? [...(await chooseStrategy(session, path, params)), ...createFallbackFiles(session, path, params)] : []),
    ...(wants(only, fixAllKind) && (only !== undefined || subjects.length > 0) ? fixAll(session, path) : []),
  ];
}

/** True if the client asked for this kind or one above it: `source` asks for `source.fixAll.mapwarden` too. */
export function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

/** Opens the choice among strategies for the container that is emptied here. */
async function chooseStrategy(session: Session, path: string, { textDocument: { uri }, range }: CodeActionParams): Promise<CodeAction[]> {
  if (!session.client.commands.has('mapwarden.chooseStrategy')) return [];
  const map = await mapToEmptyAt(session, path, session.places.of(path).offset(range.start));
  if (map === undefined) return [];
  const title = session.strings.chooseStrategy(map);
  return [{ title, kind: CodeActionKind.RefactorRewrite, command: { title, command: 'mapwarden.chooseStrategy', arguments: [{ uri, position: range.start }] } }];
}

/** Writes the files for older and newer Go, where what empties a map here is not in every Go that compiles the file. */
function createFallbackFiles(session: Session, path: string, { textDocument: { uri }, range }: CodeActionParams): CodeAction[] {
  const place = { uri, position: range.start };
  const found = fallbackEditAt(session, path, place);
  if (!found) return [];
  const title = session.strings.createFallbackFiles(`1.${found.since}`);
  if (!session.client.commands.has('mapwarden.createFallbackFiles')) return [{ title, kind: CodeActionKind.RefactorRewrite, edit: found.edit }];
  return [{ title, kind: CodeActionKind.RefactorRewrite, command: { title, command: 'mapwarden.createFallbackFiles', arguments: [place] } }];
}

function quickFixes(session: Session, path: string, uri: string, subjects: readonly Subject[]): CodeAction[] {
  const rules = [...new Set(subjects.map(({ rule }) => rule))];
  return [
    ...subjects.flatMap((subject) => fixActions(session, subject)),
    ...rules.flatMap((rule) => fixAllOfRule(session, path, rule, subjects)),
    ...subjects.flatMap((subject) => ignoreAction(session, uri, subject, 'line')),
    ...rules.flatMap((rule) => ignoreAction(session, uri, subjects.find((subject) => subject.rule === rule)!, 'file')),
    ...rules.flatMap((rule) => commandAction(session, subjects, rule, session.strings.changeSeverity(rule), 'mapwarden.setRuleSeverity', { uri, rule })),
    ...rules.flatMap((rule) => commandAction(session, subjects, rule, session.strings.explain(rule), 'mapwarden.explainRule', rule)),
    ...subjects.flatMap(({ rule, diagnostic }) =>
      commandAction(session, [{ rule, diagnostic }], rule, session.strings.reportFalsePositive(rule), 'mapwarden.reportFalsePositive', {
        uri,
        rule,
        range: diagnostic.range,
      }),
    ),
  ];
}

function fixActions(session: Session, { diagnostic, fixes }: Subject): CodeAction[] {
  const onlySafe = fixes.filter(({ safe }) => safe).length === 1;
  return fixes.flatMap((fix) => {
    const confirm = fix.safe ? undefined : { label: fix.title, description: fix.caution };
    const edit = workspaceEdit(session, fix, confirm);
    if (!edit) return [];
    const title = fix.safe || session.client.confirmsChanges ? fix.title : session.strings.needsALook(fix.title);
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit, ...(fix.safe && onlySafe ? { isPreferred: true } : {}) }];
  });
}

function fixAllOfRule(session: Session, path: string, rule: string, subjects: readonly Subject[]): CodeAction[] {
  if (!subjects.some((subject) => subject.rule === rule && subject.fixes.some(({ safe }) => safe))) return [];
  const findings = session.analyzer.analyze(path).findings.filter((finding) => finding.rule === rule);
  if (findings.length < 2) return [];
  const edit = combinedEdit(session, path, findings);
  if (!edit) return [];
  const diagnostics = subjects.filter((subject) => subject.rule === rule).map(({ diagnostic }) => diagnostic);
  return [{ title: session.strings.fixAllOfRule(rule), kind: CodeActionKind.QuickFix, diagnostics, edit }];
}

function fixAll(session: Session, path: string): CodeAction[] {
  const edit = combinedEdit(session, path, session.analyzer.analyze(path).findings);
  return edit ? [{ title: session.strings.fixAll, kind: fixAllKind, edit }] : [];
}

function combinedEdit(session: Session, path: string, findings: readonly Finding[]): CodeAction['edit'] {
  const edits = session.analyzer.safeEdits(path, findings);
  if (edits.length === 0) return undefined;
  return workspaceEdit(session, { documents: [documentEdits(session, path, edits)], creates: [] });
}

/** Asks for the reason where the client can; else the reason is a text to be replaced. */
function ignoreAction(session: Session, uri: string, { rule, diagnostic }: Subject, scope: 'line' | 'file'): CodeAction[] {
  // A suppression of the rule about suppressions would be its own next finding.
  if (rule === 'suppression') return [];
  const target = { uri, rule, range: diagnostic.range, scope };
  const title = scope === 'line' ? session.strings.ignoreOnLine(rule) : session.strings.ignoreInFile(rule);
  const asking = commandAction(session, [{ rule, diagnostic }], rule, title, 'mapwarden.ignoreWithReason', target);
  if (asking.length > 0) return asking;
  const edit = ignoreEdit(session, { ...target, reason: session.strings.reasonToFill });
  return edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }] : [];
}

function commandAction<C extends keyof ClientCommands>(
  session: Session,
  subjects: readonly Pick<Subject, 'rule' | 'diagnostic'>[],
  rule: string,
  title: string,
  command: C,
  ...commandArguments: ClientCommands[C]
): CodeAction[] {
  if (!session.client.commands.has(command)) return [];
  const diagnostics = subjects.filter((subject) => subject.rule === rule).map(({ diagnostic }) => diagnostic);
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command: { title, command, arguments: commandArguments } }];
}

/** The findings that the client means: from the diagnostics it sent if they are current, else from the text as it is now. */
function subjectsOf(session: Session, path: string, params: CodeActionParams): readonly Subject[] {
  const ours = params.context.diagnostics.filter((diagnostic) => diagnostic.source === source);
  const version = session.documents.byPath(path)?.version;
  const sent = ours.map((diagnostic) => subjectOf(session, diagnostic, version));
  if (sent.length > 0 && sent.every((subject) => subject !== undefined)) return sent;

  const analysis = session.analyzer.analyze(path);
  const asked = session.places.of(path).span(params.range);
  const diagnostics = diagnosticsOf(session, analysis);
  return analysis.findings.flatMap((finding, i) => {
    if (!touches(finding.span, asked) || (ours.length > 0 && !ours.some(({ code }) => code === finding.rule))) return [];
    return [{ rule: finding.rule, diagnostic: diagnostics[i]!, fixes: portableFixes(session, finding) }];
  });
}

function subjectOf(session: Session, diagnostic: Diagnostic, version: number | undefined): Subject | undefined {
  const data = asRecord(diagnostic.data) as Partial<DiagnosticData>;
  if (version === undefined || data.version !== version || data.rule === undefined || !Array.isArray(data.fixes)) return undefined;
  const fixes: readonly PortableFix[] = data.fixes;
  return fixes.every((fix) => isCurrent(session, fix)) ? { rule: data.rule, diagnostic, fixes } : undefined;
}
