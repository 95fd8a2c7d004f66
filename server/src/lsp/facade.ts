import type { Analyzer } from '../analyzer.ts';

/** What the server needs of the analyzer; tests hand over another one. */
export type AnalyzerFacade = Pick<
  Analyzer,
  'analyze' | 'settingsOf' | 'fixesOf' | 'safeEdits' | 'goVersionOf' | 'clearCompletionAt' | 'snippetPlaceAt' | 'fallbackFilesAt' | 'importEdits' | 'mapOperationAt' | 'mapFactsAt' | 'strategiesAt' | 'conversionsAt' | 'containerOperationAt' | 'typedOperationAt' | 'changed' | 'invalidate' | 'settingsChanged' | 'release'
>;
