import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver';
import type { FileAnalysis } from '../analyzer.ts';
import type { Finding } from '../rules/rule.ts';
import { digest } from '../text/digest.ts';
import { portableFixes, type PortableFix } from './fixes.ts';
import { explainUri, textOf } from './messages.ts';
import type { FilePlaces } from './places.ts';
import type { Session } from './session.ts';

export const source = 'mapwarden';

/** What a diagnostic carries, so that its code actions need no second analysis. */
export interface DiagnosticData {
  readonly rule: string;
  readonly key: string;
  /** The version of the open document; missing for a file that was read from disk, and then there are no fixes either. */
  readonly version?: number;
  readonly fixes?: readonly PortableFix[];
}

const severityNumbers = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** The findings of an analysis as the client shows them. */
export function diagnosticsOf(session: Session, analysis: FileAnalysis): Diagnostic[] {
  if (analysis.findings.length === 0) return [];
  const keys = keysOf(analysis.findings);
  const placesOf = remembered((path) => session.places.of(path));
  return analysis.findings.map((finding, i) => diagnosticOf(session, finding, keys[i]!, placesOf));
}

/** Says whether two answers say the same. Document versions are left out: where edits are equal, so is their effect. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  return digest(JSON.stringify(diagnostics, (name, value: unknown) => (name === 'version' ? undefined : value)));
}

/**
 * A name for each finding that outlives edits elsewhere in the file: its rule and message, and its number among equals.
 */
export function keysOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const name = `${finding.rule}/${finding.message.id}/${digest(JSON.stringify(finding.message.arguments ?? {}))}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return `${name}/${count}`;
  });
}

type PlacesOf = (path: string) => FilePlaces;

/** Asks once for each path: files that are not open are read from disk. */
function remembered(placesOf: PlacesOf): PlacesOf {
  const known = new Map<string, FilePlaces>();
  return (path) => {
    const places = known.get(path) ?? placesOf(path);
    known.set(path, places);
    return places;
  };
}

function diagnosticOf(session: Session, finding: Finding, key: string, placesOf: PlacesOf): Diagnostic {
  const { client } = session;
  const href = client.linksCodes ? explainUri(session, finding.rule) : undefined;
  const related = client.showsRelatedPlaces ? relatedOf(session, finding, placesOf) : [];
  return {
    range: placesOf(finding.path).range(finding.span),
    severity: severityNumbers[finding.severity],
    code: finding.rule,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source,
    message: textOf(session, finding.rule, finding.message),
    ...(finding.unnecessary && client.showsUnnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(client.keepsDiagnosticData ? { data: dataOf(session, finding, key) } : {}),
  };
}

function relatedOf(session: Session, finding: Finding, placesOf: PlacesOf): NonNullable<Diagnostic['relatedInformation']> {
  return finding.related.map((place) => ({
    location: { uri: session.uriOf(place.path), range: placesOf(place.path).range(place.span) },
    message: textOf(session, finding.rule, place.message),
  }));
}

function dataOf(session: Session, finding: Finding, key: string): DiagnosticData {
  const document = session.documents.byPath(finding.path);
  if (!document) return { rule: finding.rule, key };
  return { rule: finding.rule, key, version: document.version, fixes: portableFixes(session, finding) };
}
