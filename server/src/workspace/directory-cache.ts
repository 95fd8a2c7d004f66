// Folder listings, each read once until something says that it changed.

import type { DirectoryEntry, FileSystem } from './file-system.ts';
import { dirname } from './paths.ts';

export class DirectoryCache {
  readonly #fileSystem: FileSystem;
  readonly #listings = new Map<string, ReadonlyMap<string, DirectoryEntry>>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** The entries by name, in the order of the names; empty for a folder that is missing or unreadable. */
  entries(directory: string): ReadonlyMap<string, DirectoryEntry> {
    let listing = this.#listings.get(directory);
    if (!listing) {
      listing = new Map(this.#fileSystem.readDirectory(directory).map((entry) => [entry.name, entry]));
      this.#listings.set(directory, listing);
    }
    return listing;
  }

  hasFile(directory: string, name: string): boolean {
    return this.entries(directory).get(name)?.kind === 'file';
  }

  /** Says that a file or folder came or went: forgets the listing it stands in, its own, and those below it. */
  forget(path: string): void {
    this.#listings.delete(dirname(path));
    this.#listings.delete(path);
    for (const directory of this.#listings.keys()) {
      if (directory.startsWith(`${path}/`)) this.#listings.delete(directory);
    }
  }
}
