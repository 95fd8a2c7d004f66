import { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DidSaveTextDocumentParams,
} from 'vscode-languageserver';
import type { AnalyzerFacade } from './facade.ts';
import type { OverlayFileSystem } from '../workspace/overlay.ts';
import { isAnalysed, isProjectFile } from './analysed-files.ts';
import { hasAnalysedScheme, pathOfUri } from './uris.ts';

export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
  /** True from the first change after opening or saving on. */
  readonly changedSinceSave: boolean;
}

type Analysis = Pick<AnalyzerFacade, 'changed' | 'invalidate'>;

/** The documents that the client has open, and the only place that tells the analyzer of their text. */
export class OpenDocuments {
  readonly #overlay: OverlayFileSystem;
  readonly #analysis: () => Analysis;
  readonly #byUri = new Map<string, { readonly path: string; document: TextDocument; changedSinceSave: boolean }>();
  readonly #uris = new Map<string, string>();

  /** `analysis` is asked for each time, because the analyzer is made when the client has introduced itself. */
  constructor(overlay: OverlayFileSystem, analysis: () => Analysis) {
    this.#overlay = overlay;
    this.#analysis = analysis;
  }

  /** The path of an opened document, or undefined for one that is none of ours. */
  open(params: DidOpenTextDocumentParams): string | undefined {
    const { uri, languageId, version, text } = params.textDocument;
    if (!hasAnalysedScheme(uri)) return undefined;
    const path = pathOfUri(uri, languageId);
    if (!isAnalysed(path) && !isProjectFile(path)) return undefined;
    const before = this.#overlay.readFile(path);
    this.#byUri.set(uri, { path, document: TextDocument.create(uri, languageId, version, text), changedSinceSave: false });
    this.#uris.set(path, uri);
    this.#overlay.set(path, text);
    if (before.kind !== 'text' || isProjectFile(path)) this.#analysis().invalidate(path);
    else if (before.text !== text) this.#analysis().changed(path);
    return path;
  }

  /** Applies the changes one by one, so that the analyzer learns each as a single edit. */
  change(params: DidChangeTextDocumentParams): string | undefined {
    const entry = this.#byUri.get(params.textDocument.uri);
    if (!entry) return undefined;
    for (const change of params.contentChanges) {
      const edit = 'range' in change
        ? { start: entry.document.offsetAt(change.range.start), end: entry.document.offsetAt(change.range.end), newText: change.text }
        : undefined;
      entry.document = TextDocument.update(entry.document, [change], params.textDocument.version);
      this.#overlay.set(entry.path, entry.document.getText());
      if (isProjectFile(entry.path)) this.#analysis().invalidate(entry.path);
      else if (edit && edit.start <= edit.end) this.#analysis().changed(entry.path, edit);
      else this.#analysis().changed(entry.path);
    }
    entry.changedSinceSave = true;
    return entry.path;
  }

  saved(params: DidSaveTextDocumentParams): string | undefined {
    const entry = this.#byUri.get(params.textDocument.uri);
    if (!entry) return undefined;
    entry.changedSinceSave = false;
    return entry.path;
  }

  /** What lies on disk counts again. */
  close(params: DidCloseTextDocumentParams): string | undefined {
    const { uri } = params.textDocument;
    const entry = this.#byUri.get(uri);
    if (!entry) return undefined;
    this.#byUri.delete(uri);
    if (this.#uris.get(entry.path) !== uri) return entry.path;
    this.#uris.delete(entry.path);
    this.#overlay.delete(entry.path);
    const after = this.#overlay.readFile(entry.path);
    if (after.kind !== 'text' || isProjectFile(entry.path)) this.#analysis().invalidate(entry.path);
    else if (after.text !== entry.document.getText()) this.#analysis().changed(entry.path);
    return entry.path;
  }

  byUri(uri: string): OpenDocument | undefined {
    const entry = this.#byUri.get(uri);
    return entry && view(uri, entry);
  }

  byPath(path: string): OpenDocument | undefined {
    const uri = this.#uris.get(path);
    return uri === undefined ? undefined : this.byUri(uri);
  }

  /** The documents that can have findings, in the order they were opened. */
  analysed(): readonly OpenDocument[] {
    return [...this.#byUri].filter(([, entry]) => isAnalysed(entry.path)).map(([uri, entry]) => view(uri, entry));
  }
}

function view(uri: string, entry: { readonly path: string; readonly document: TextDocument; readonly changedSinceSave: boolean }): OpenDocument {
  return {
    uri,
    path: entry.path,
    version: entry.document.version,
    text: entry.document.getText(),
    changedSinceSave: entry.changedSinceSave,
  };
}
