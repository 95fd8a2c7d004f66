export const release: string;
export const factsFile: string;
export function generatorHash(): string;
export function factsAreStale(): boolean;
export function generateFacts(options?: { readonly download?: boolean }): { readonly text: string; readonly missing?: undefined } | { readonly missing: string };
