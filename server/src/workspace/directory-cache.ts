// Folder listings, each read once until something says that it changed.

import type { DirectoryEntry, FileSystem } from './file-system.ts';

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

  /** Forgets the listing of a folder and of everything below it. */
  forget(directory: string): void {
    this.#listings.delete(directory);
    for (const path of this.#listings.keys()) {
      if (path.startsWith(`${directory}/`)) this.#listings.delete(path);
    }
  }
}
