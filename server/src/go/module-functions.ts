// The functions of a module for the summary store: found by key, package by package, as far as somebody asks.

import type { FunctionSource, FunctionSources } from '../analysis/summaries/store.ts';
import { functionsOf } from './lowering/package-functions.ts';
import { keyOf } from './lowering/context.ts';
import { headersOf } from './packages/package-digest.ts';
import type { GoModule, GoPackage } from './packages/package.ts';
import { implementationOf, implementersOf } from './types/implementers.ts';
import type { TypeInfo } from './types/info.ts';
import { lookupFieldOrMethod } from './types/lookup.ts';
import { ObjectKind } from './types/objects.ts';
import type { Func, Package } from './types/objects.ts';
import { underlying } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { Interface } from './types/types.ts';
import { digest } from '../text/digest.ts';

export interface ModulePackages {
  /** The packages of a folder for the current platform. */
  packagesIn(directory: string): readonly GoPackage[];
  /** The folders of a module that hold packages, sorted. */
  foldersOf(module: GoModule): readonly string[];
  infoOf(of: GoPackage): TypeInfo;
  /** A package as its importers see it. */
  outlineOf(of: GoPackage): Package;
}

/** A module with more folders than this is not searched for what implements an interface. */
export const folderLimit = 400;
/** What has more implementers than this may be anything. */
const implementerLimit = 4;

export class ModuleFunctions implements FunctionSources {
  /** By folder. */
  readonly #functions = new Map<string, ReadonlyMap<string, FunctionSource>>();
  readonly #implementers = new Map<string, readonly string[] | undefined>();
  readonly #environments = new Map<string, string>();

  constructor(private readonly module: GoModule, private readonly packages: ModulePackages) {}

  /** Says that texts changed. */
  changed(): void {
    this.#functions.clear();
    this.#implementers.clear();
    this.#environments.clear();
  }

  /** Lets go of the trees of a folder; they are read again if somebody asks for them. */
  release(directory: string): void {
    this.#functions.delete(directory);
  }

  /** The folders whose trees are held. */
  get folders(): readonly string[] {
    return [...this.#functions.keys()];
  }

  sourceOf(key: string): FunctionSource | undefined {
    for (const directory of this.foldersFor(key)) {
      const found = this.#functionsIn(directory).get(key);
      if (found) return found;
    }
    return undefined;
  }

  implementersOf(key: string): readonly string[] | undefined {
    if (!this.#implementers.has(key)) this.#implementers.set(key, this.#findImplementers(key));
    return this.#implementers.get(key);
  }

  /** The keys of all functions of a folder's packages. */
  keysIn(directory: string): Iterable<string> {
    return this.#functionsIn(directory).keys();
  }

  /** The folders that the package named in a key may be in: a key ends in `.Function` or `.Type.Method`, and paths may have dots too. */
  foldersFor(key: string): readonly string[] {
    const found: string[] = [];
    for (let end = key.lastIndexOf('.'), cuts = 0; end > 0 && cuts < 2; end = key.lastIndexOf('.', end - 1), cuts++) {
      const directory = this.#folderOf(key.slice(0, end));
      if (directory !== undefined) found.push(directory);
    }
    return found;
  }

  #folderOf(importPath: string): string | undefined {
    const { path, directory } = this.module;
    // The paths of the standard library's own packages do not begin with the path of its module.
    if (path === 'std') return `${directory}/${importPath.replace(/_test$/, '')}`;
    if (importPath === path || importPath === `${path}_test`) return directory;
    if (!importPath.startsWith(`${path}/`)) return undefined;
    return `${directory}${importPath.slice(path.length).replace(/_test$/, '')}`;
  }

  #functionsIn(directory: string): ReadonlyMap<string, FunctionSource> {
    const known = this.#functions.get(directory);
    if (known) return known;
    const functions = new Map<string, FunctionSource>();
    for (const package_ of this.packages.packagesIn(directory)) {
      if (package_.dependency) continue;
      const own = package_.kind === 'library' ? package_.files : package_.ownFiles;
      for (const source of functionsOf(own, this.packages.infoOf(package_), this.#environmentOf(package_))) {
        if (!functions.has(source.key)) functions.set(source.key, source);
      }
    }
    this.#functions.set(directory, functions);
    return functions;
  }

  /** Another text whenever a declaration changes that types in the package may depend on: bodies and comments are left out. */
  #environmentOf(package_: GoPackage): string {
    const known = this.#environments.get(package_.id);
    if (known !== undefined) return known;
    // Have: packages that import each other, in broken code, do not wait for each other.
    this.#environments.set(package_.id, '');
    const parts: string[] = [];
    const imports = new Set<string>();
    for (const file of package_.files) {
      parts.push(headersOf(file));
      for (const path of file.imports) imports.add(path);
    }
    for (const path of [...imports].sort()) {
      const imported = package_.resolveImport(path);
      if (imported && !imported.dependency) parts.push(this.#environmentOf(imported));
    }
    const environment = digest(parts.join('\n'));
    this.#environments.set(package_.id, environment);
    return environment;
  }

  #findImplementers(key: string): readonly string[] | undefined {
    const method = this.#interfaceMethod(key);
    if (!method) return undefined;
    const found = new Set<string>();
    for (const declared of this.#packagesThatMayImplement(method.target)) {
      for (const implementer of implementersOf(method.target, [declared])) {
        const implementation = implementationOf(method.func, implementer);
        const implementing = implementation && keyOf(implementation.origin);
        if (implementing === undefined) return undefined;
        found.add(implementing);
      }
      if (found.size > implementerLimit) return undefined;
    }
    return found.size > 0 ? [...found] : undefined;
  }

  /** The method of `path.Type.Method`, where the type is an interface of the module. */
  #interfaceMethod(key: string): { readonly func: Func; readonly target: Interface } | undefined {
    const nameAt = key.lastIndexOf('.');
    const typeAt = key.lastIndexOf('.', nameAt - 1);
    const directory = typeAt > 0 ? this.#folderOf(key.slice(0, typeAt)) : undefined;
    for (const package_ of directory === undefined ? [] : this.packages.packagesIn(directory)) {
      const declared = this.packages.outlineOf(package_);
      const object = package_.path === key.slice(0, typeAt) ? declared.scope.lookup(key.slice(typeAt + 1, nameAt)) : undefined;
      const target = object?.kind === ObjectKind.TypeName ? underlying(object.type) : undefined;
      if (!object || target?.kind !== TypeKind.Interface) continue;
      const found = lookupFieldOrMethod(object.type, false, declared.path, key.slice(nameAt + 1));
      if (typeof found !== 'string' && found.object.kind === ObjectKind.Func) return { func: found.object, target };
    }
    return undefined;
  }

  /** An interface with a method that is not exported is implemented in its package only. */
  #packagesThatMayImplement(target: Interface): readonly Package[] {
    const hidden = target.methods.find((each) => !each.isVisibleFrom(undefined))?.packagePath;
    const own = hidden === undefined ? undefined : this.#folderOf(hidden);
    const folders = own === undefined ? this.packages.foldersOf(this.module) : [own];
    if (folders.length > folderLimit) return [];
    return folders.flatMap((directory) => this.packages.packagesIn(directory).filter((each) => each.kind === 'library').map((each) => this.packages.outlineOf(each)));
  }
}
