// What platforms add to the language, for the analysis of single files: no more than rules ask for. Projects bring their own
// (lib.dom, @types/node).

export const platformDeclarations = `
interface TimerHandle { ref?(): this; unref?(): this }
declare function setTimeout<A extends unknown[]>(run: (...given: A) => void, delay?: number, ...given: A): TimerHandle;
declare function setInterval<A extends unknown[]>(run: (...given: A) => void, delay?: number, ...given: A): TimerHandle;
declare function setImmediate<A extends unknown[]>(run: (...given: A) => void, ...given: A): TimerHandle;
declare function clearTimeout(timer: TimerHandle | number | string | undefined | null): void;
declare function clearInterval(timer: TimerHandle | number | string | undefined | null): void;
declare function clearImmediate(timer: TimerHandle | undefined | null): void;
declare function queueMicrotask(run: () => void): void;
declare function structuredClone<T>(value: T, options?: unknown): T;
declare function requestAnimationFrame(run: (time: number) => void): number;
declare function cancelAnimationFrame(handle: number): void;
interface EventTarget { addEventListener(type: string, listener: (event: unknown) => void, options?: unknown): void; removeEventListener(type: string, listener: (event: unknown) => void, options?: unknown): void; dispatchEvent(event: unknown): boolean }
interface AbortSignal extends EventTarget { readonly aborted: boolean; readonly reason: unknown; throwIfAborted(): void }
interface AbortController { readonly signal: AbortSignal; abort(reason?: unknown): void }
declare var AbortController: { prototype: AbortController; new (): AbortController };
interface Worker extends EventTarget { postMessage(message: unknown, transfer?: readonly unknown[]): void; terminate(): unknown }
declare var Worker: { prototype: Worker; new (script: string | object, options?: unknown): Worker };
interface WebSocket extends EventTarget { close(code?: number, reason?: string): void; send(data: unknown): void; readonly readyState: number }
declare var WebSocket: { prototype: WebSocket; new (address: string | object, protocols?: string | readonly string[]): WebSocket };
interface MessagePort extends EventTarget { postMessage(message: unknown, transfer?: readonly unknown[]): void; close(): void; start(): void }
declare var console: { log(...given: unknown[]): void; error(...given: unknown[]): void; warn(...given: unknown[]): void; info(...given: unknown[]): void; debug(...given: unknown[]): void };
declare namespace NodeJS { interface ProcessEnv { [name: string]: string | undefined } interface Process { env: ProcessEnv; argv: string[] } }
declare var process: NodeJS.Process;
`;

/** Where the declarations of the language's library seem to lie. */
export const libraryFolder = '/.mapwarden-typescript';
export const platformPath = `${libraryFolder}/platform.d.ts`;

export function isLibraryPath(path: string): boolean {
  return path.startsWith(libraryFolder);
}
