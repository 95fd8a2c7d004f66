// The snippets as completion, in the form that fits the file's Go version or the library of its TypeScript project. A client
// that contributes the snippet files itself is only offered the forms that those do not have.

import { CompletionItemKind, InsertTextFormat, InsertTextMode, type CompletionItem } from 'vscode-languageserver';
import goSnippets from '../../../snippets/go.json';
import javascriptSnippets from '../../../snippets/javascript.json';
import typescriptSnippets from '../../../snippets/typescript.json';
import versions from '../../../snippets/versions.json';
import { lineEndOf } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import type { Session } from './session.ts';

interface SourceSnippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** What snippets/versions.json says of a snippet. Versions of Go are texts such as `1.21`. */
export interface GoVersions {
  readonly imports: readonly string[];
  readonly place: 'statement' | 'declaration';
  /** The first Go that it compiles with. */
  readonly since?: string;
  /** The last Go that it is of use for. */
  readonly until?: string;
  /** The first Go that the older form compiles with. */
  readonly floor?: string;
  /** The lines of the older form, by the line that they stand for. */
  readonly older?: Readonly<Record<string, readonly string[]>>;
  readonly olderImports?: readonly string[];
  readonly olderDescription?: string;
}

/** The same for TypeScript and JavaScript; years are those of ECMAScript. */
export interface ScriptVersions {
  readonly since?: number;
  readonly newerSince?: number;
  readonly newer?: Readonly<Record<string, readonly string[]>>;
}

export interface Snippet extends SourceSnippet {
  /** True for a form that the snippet file does not have. */
  readonly isVariant: boolean;
  readonly imports: readonly string[];
}

/** The snippets for a place in Go. @param minor the Go release: 21 for Go 1.21; undefined if it is not known */
export function goSnippetsFor(minor: number | undefined, place: GoVersions['place']): readonly Snippet[] {
  const table: Readonly<Record<string, GoVersions>> = versions.go as Readonly<Record<string, GoVersions>>;
  return Object.values(goSnippets as Readonly<Record<string, SourceSnippet>>).flatMap((snippet): Snippet[] => {
    const own = table[snippet.prefix];
    if (!own || own.place !== place) return [];
    const known = minor ?? Number.POSITIVE_INFINITY;
    if (own.until !== undefined && known > minorOf(own.until)) return [];
    if (own.since === undefined || known >= minorOf(own.since)) return [{ ...snippet, isVariant: false, imports: own.imports }];
    if (!own.older || (own.floor !== undefined && known < minorOf(own.floor))) return [];
    return [{ ...snippet, description: own.olderDescription ?? snippet.description, body: withLines(snippet.body, own.older), isVariant: true, imports: own.olderImports ?? own.imports }];
  });
}

/** The snippets for TypeScript or JavaScript. @param year of the library that the project is compiled with */
export function scriptSnippetsFor(language: 'typescript' | 'javascript', year: number): readonly Snippet[] {
  const table: Readonly<Record<string, ScriptVersions>> = versions.typescript as unknown as Readonly<Record<string, ScriptVersions>>;
  const snippets: Readonly<Record<string, SourceSnippet>> = language === 'typescript' ? typescriptSnippets : javascriptSnippets;
  return Object.values(snippets).flatMap((snippet): Snippet[] => {
    const own = table[snippet.prefix];
    if (!own || (own.since !== undefined && year < own.since)) return [];
    if (!own.newer || own.newerSince === undefined || year < own.newerSince) return [{ ...snippet, isVariant: false, imports: [] }];
    return [{ ...snippet, body: withLines(snippet.body, own.newer), isVariant: true, imports: [] }];
  });
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function withLines(body: readonly string[], lines: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return body.flatMap((line) => lines[line] ?? [line]);
}

/** Behind everything that gopls and tsserver offer. */
const sortText = '~mapwarden-snippet';

/** The snippets that fit a place; none in comments, strings, imports and expressions. */
export function snippetCompletions(session: Session, path: string, offset: number): readonly CompletionItem[] {
  if (!session.client.takesSnippets) return [];
  const place = session.analyzer.snippetPlaceAt(path, offset);
  if (!place) return [];
  const fitting = place.language === 'go' ? goSnippetsFor(place.minor, place.kind) : scriptSnippetsFor(place.language, place.year);
  const version = place.language === 'go' ? (place.minor === undefined ? '' : ` · Go 1.${place.minor}`) : ` · ES${place.year}`;
  const typed = session.places.of(path).text.slice(place.word.start, place.word.end);
  return fitting
    .filter(({ prefix, isVariant }) => prefix.startsWith(typed) && (isVariant || !session.client.contributesSnippets))
    .map((snippet) => item(session, path, place.word, snippet, version));
}

function item(session: Session, path: string, word: Span, { prefix, description, body, isVariant, imports }: Snippet, version: string): CompletionItem {
  const places = session.places.of(path);
  const lineEnd = lineEndOf(places.text);
  const edits = imports.length === 0 ? [] : session.analyzer.importEdits(path, imports).map((edit) => ({ range: places.range(edit), newText: edit.newText }));
  const indentation = session.client.adjustsIndentation ? '' : places.indentation(word.start);
  return {
    label: prefix,
    labelDetails: { description: isVariant ? `Mapwarden${version}` : 'Mapwarden' },
    kind: CompletionItemKind.Snippet,
    detail: description,
    documentation: { kind: 'markdown', value: `\`\`\`${path.endsWith('.go') ? 'go' : 'ts'}\n${shown(body)}\n\`\`\`` },
    filterText: prefix,
    sortText,
    insertTextFormat: InsertTextFormat.Snippet,
    ...(session.client.adjustsIndentation ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    textEdit: { range: places.range(word), newText: body.join(`${lineEnd}${indentation}`) },
    ...(edits.length > 0 ? { additionalTextEdits: edits } : {}),
  };
}

/** The text with every stop at its default. */
function shown(body: readonly string[]): string {
  return body.join('\n').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '');
}
