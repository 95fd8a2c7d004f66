import { ErrorCodes, LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import type { Session } from './session.ts';

type Answer<P, R> = (session: Session, params: P, token: CancellationToken, version: number | undefined) => R | Promise<R>;

/**
 * A request handler around an answer: it waits for the settings, lets messages that are already there go first (a change
 * of the text, a cancellation), and turns a bug into a logged error answer, so that one request cannot end the server.
 * `versionOf` is called when the request arrives: the answer may want to know whether its document has changed since.
 */
export function answering<P, R>(
  name: string,
  session: () => Session,
  answer: Answer<P, R>,
  versionOf?: (session: Session, params: P) => number | undefined,
): (params: P, token: CancellationToken) => Promise<R> {
  return async (params, token) => {
    const begun = performance.now();
    const current = session();
    const version = versionOf?.(current, params);
    try {
      await current.configuration.ready();
      await turn();
      throwIfCancelled(token);
      return await answer(current, params, token, version);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      current.log.error(`${name} failed: ${describe(error)}`);
      throw new ResponseError(ErrorCodes.InternalError, `${name} failed; see the log`);
    } finally {
      current.log.trace(`${name} took ${(performance.now() - begun).toFixed(1)} ms`);
    }
  };
}

/** Lets the messages that have arrived be handled. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
