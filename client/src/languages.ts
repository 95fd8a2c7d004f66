// Which documents the server is told about.

export const languages = ['go', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;

/** Copies of files (`git:`, the sides of a comparison) and output are left alone. */
export const schemes = ['file', 'untitled', 'vscode-vfs'] as const;

export const documentSelector = languages.flatMap((language) => schemes.map((scheme) => ({ language, scheme })));

/** Files that decide how others are analysed; the server sees them as they are in the editor, saved or not. */
export const projectFiles = ['**/go.{mod,work}', '**/.mapwarden.json', '**/.gitignore'].map((pattern) => ({ scheme: 'file', pattern }));

/** True for a document that can have findings. */
export function isAnalysed(document: { readonly languageId: string; readonly uri: { readonly scheme: string } }): boolean {
  return documentSelector.some(({ language, scheme }) => language === document.languageId && scheme === document.uri.scheme);
}
