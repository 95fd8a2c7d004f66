// Between the URIs that clients speak and the paths that the analysis speaks (see workspace/file-system.ts).
//
//   file:///home/me/a%20b.go            /home/me/a b.go
//   file:///c%3A/src/main.go            C:/src/main.go
//   file://server/share/main.go         //server/share/main.go
//   vscode-vfs://github/o/n/main.go     the same, its path decoded
//   untitled:Untitled-1 (Go)            untitled:Untitled-1/Untitled-1.go, so that each is a package of its own

const untitledExtensions: Readonly<Record<string, string>> = { go: '.go', typescript: '.ts', typescriptreact: '.tsx', javascript: '.js', javascriptreact: '.jsx' };

/** Anything else (`git:`, `output:`, …) is a copy of a file or none at all. */
const analysedSchemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-vfs']);

/** True for documents that can be analysed, by their scheme. */
export function hasAnalysedScheme(uri: string): boolean {
  return analysedSchemes.has(schemeOf(uri));
}

/** The scheme in lower case; empty where there is none. */
export function schemeOf(uri: string): string {
  const colon = uri.indexOf(':');
  return colon < 0 ? '' : uri.slice(0, colon).toLowerCase();
}

/** The path of a document or folder. `languageId` names what an untitled document holds. */
export function pathOfUri(uri: string, languageId?: string): string {
  const scheme = schemeOf(uri);
  const rest = uri.slice(scheme.length + 1);
  if (scheme === 'file') return pathOfFile(rest);
  const [authority, path] = splitAuthority(rest);
  const decoded = decode(path);
  const extension = scheme === 'untitled' ? untitledExtensions[languageId ?? ''] : undefined;
  if (extension !== undefined && !decoded.endsWith(extension)) return `untitled:${authority}${decoded}/${decoded.slice(decoded.lastIndexOf('/') + 1)}${extension}`;
  return trimSlash(`${scheme}:${authority}${decoded}`);
}

/** The URI of a path, encoded as VS Code encodes URIs. */
export function uriOfPath(path: string): string {
  if (/^[A-Za-z]:\//.test(path)) return `file:///${path[0]!.toLowerCase()}%3A${encode(path.slice(2))}`;
  if (path.startsWith('//')) return `file:${encode(path)}`;
  if (path.startsWith('/')) return `file://${encode(path)}`;
  const scheme = schemeOf(path);
  const [authority, rest] = splitAuthority(path.slice(scheme.length + 1));
  if (scheme === 'untitled') return `untitled:${authority}${encode(withoutOwnFolder(rest))}`;
  return `${scheme}:${authority}${encode(rest)}`;
}

function pathOfFile(rest: string): string {
  const [authority, encoded] = splitAuthority(rest);
  const path = decode(encoded);
  if (authority.length > 2 && authority !== '//localhost') return trimSlash(`${authority}${path}`);
  const drive = /^\/([A-Za-z]):(\/|$)/.exec(path);
  if (drive) return trimSlash(`${drive[1]!.toUpperCase()}:/${path.slice(4)}`);
  return trimSlash(path);
}

/** `//authority` (or nothing) and what follows it. */
function splitAuthority(rest: string): readonly [string, string] {
  if (!rest.startsWith('//')) return ['', rest];
  const slash = rest.indexOf('/', 2);
  return slash < 0 ? [rest, ''] : [rest.slice(0, slash), rest.slice(slash)];
}

/** Folders come with and without a slash at the end; paths have none, except roots. */
function trimSlash(path: string): string {
  if (!path.endsWith('/') || path === '/' || /^[A-Za-z]:\/$/.test(path)) return path;
  return path.slice(0, -1);
}

function withoutOwnFolder(path: string): string {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, Math.max(0, slash));
  const name = path.slice(slash + 1);
  const own = folder.slice(folder.lastIndexOf('/') + 1);
  return slash > 0 && Object.values(untitledExtensions).some((extension) => name === `${own}${extension}`) ? folder : path;
}

/** Percent escapes that are no UTF-8 stay as they are. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
      try {
        return decodeURIComponent(escapes);
      } catch {
        return escapes;
      }
    });
  }
}

function encode(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('/');
}
