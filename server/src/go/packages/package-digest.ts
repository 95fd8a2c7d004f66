// What the texts of a package and of everything it imports come to, as a hash: equal hashes, equal packages. Nothing is parsed for
// it beyond the headers that say what is imported, except for what is said of declarations alone.

import { digest } from '../../text/digest.ts';
import { NodeKind } from '../syntax/ast.ts';
import { basename } from '../../workspace/paths.ts';
import type { GoFile, GoPackage } from './package.ts';

export class PackageDigests {
  readonly #own = new Map<GoPackage, { readonly text: string; readonly imported: readonly GoPackage[] }>();
  readonly #whole = new Map<GoPackage, string>();

  /** Says that texts, or what imports mean, changed. */
  changed(): void {
    this.#own.clear();
    this.#whole.clear();
  }

  /** Another text whenever a file of the package changes, or one of a package that it imports, directly or through others. */
  of(package_: GoPackage): string {
    let known = this.#whole.get(package_);
    if (known === undefined) {
      const parts = [...this.#reachedFrom(package_)].map((each) => this.#ownOf(each).text);
      this.#whole.set(package_, (known = digest(parts.sort().join('\n'))));
    }
    return known;
  }

  /** Another text whenever a declaration of one of the packages changes, or anything of the dependencies that they import: bodies and comments are left out. */
  ofDeclarations(packages: readonly GoPackage[]): string {
    const parts = packages.map((each) => {
      const dependencies = this.#ownOf(each).imported.filter(({ dependency }) => dependency).map((imported) => this.of(imported));
      return [each.id, ...each.files.map(headersOf), ...dependencies.sort()].join('\n');
    });
    return digest(parts.join('\n'));
  }

  #reachedFrom(package_: GoPackage): ReadonlySet<GoPackage> {
    const reached = new Set([package_]);
    for (const each of reached) for (const imported of this.#ownOf(each).imported) reached.add(imported);
    return reached;
  }

  #ownOf(package_: GoPackage): { readonly text: string; readonly imported: readonly GoPackage[] } {
    let known = this.#own.get(package_);
    if (!known) {
      const meant = new Map<string, GoPackage | undefined>();
      for (const { imports } of package_.files) for (const path of imports) if (!meant.has(path)) meant.set(path, package_.resolveImport(path));
      const parts = [package_.id, ...package_.files.map(textOf), ...[...meant].map(([path, means]) => `${path} ${means?.id ?? ''}`).sort()];
      known = { text: digest(parts.join('\n')), imported: [...meant.values()].filter((each) => each !== undefined) };
      this.#own.set(package_, known);
    }
    return known;
  }
}

function textOf({ path, version, languageVersion, languageCeiling, libraryFloor, excludedBy, origin }: GoFile): string {
  return JSON.stringify([basename(path), version, languageVersion, languageCeiling, libraryFloor, excludedBy, origin]);
}

const headers = new WeakMap<GoFile, string>();

/** What a file says outside function bodies, as a hash. File objects are replaced when their text changes. */
export function headersOf(file: GoFile): string {
  let known = headers.get(file);
  if (known === undefined) {
    const parts: string[] = [`${file.languageVersion?.version ?? ''}`];
    for (const declaration of file.syntax.decls) {
      const end = declaration.kind === NodeKind.FuncDecl && declaration.body ? declaration.body.pos : declaration.end;
      parts.push(file.text.slice(declaration.pos, end));
    }
    headers.set(file, (known = digest(parts.join('\n'))));
  }
  return known;
}
