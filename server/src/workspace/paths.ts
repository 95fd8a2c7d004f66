// Path functions for `/`-separated absolute paths and URIs (see file-system.ts).

/** The folder of a path; the path itself at a root. */
export function dirname(path: string): string {
  const root = rootLength(path);
  const slash = path.lastIndexOf('/');
  if (slash < root) return path.slice(0, root) || path;
  return path.slice(0, slash);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a folder and a relative path, resolving `.` and `..`; an absolute second part replaces the first. */
export function join(folder: string, relative: string): string {
  if (rootLength(relative) > 0) return normalize(relative);
  return normalize(`${folder}/${relative}`);
}

/** The path with `.`, `..`, and doubled and trailing slashes removed. */
export function normalize(path: string): string {
  const root = path.slice(0, rootLength(path));
  const parts: string[] = [];
  for (const part of path.slice(root.length).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else if (part !== '..' || root === '') parts.push(part);
  }
  return root + parts.join('/');
}

/** True if `path` is `folder` or lies in it. */
export function isInside(folder: string, path: string): boolean {
  if (path === folder) return true;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` as seen from `folder`, with `../` where it lies outside; the absolute path when the roots differ. */
export function relative(folder: string, path: string): string {
  if (folder.slice(0, rootLength(folder)) !== path.slice(0, rootLength(path))) return path;
  const from = folder.slice(rootLength(folder)).split('/').filter(Boolean);
  const to = path.slice(rootLength(path)).split('/').filter(Boolean);
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.';
}

/** The length of `/`, `C:/` or `scheme://authority/` at the start of a path; 0 for a relative one. */
function rootLength(path: string): number {
  if (path.startsWith('/')) return 1;
  const uri = /^[A-Za-z][A-Za-z0-9+.-]+:(\/\/[^/]*\/?)?/.exec(path);
  if (uri) return uri[0].length;
  return /^[A-Za-z]:\//.test(path) ? 3 : 0;
}
