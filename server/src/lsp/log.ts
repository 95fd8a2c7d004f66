import { MessageType, type Connection } from 'vscode-languageserver';

export interface Log {
  error(message: string): void;
  warning(message: string): void;
  info(message: string): void;
  /** Timings and the like. */
  trace(message: string): void;
}

/** The log that the client shows. A client that does not know Mapwarden gets the trace only when it asks for one. */
export function clientLog(connection: Connection, tracesToLog: boolean): Log {
  return {
    error: (message) => connection.console.error(message),
    warning: (message) => connection.console.warn(message),
    info: (message) => connection.console.info(message),
    trace: (message) => {
      if (tracesToLog) void connection.sendNotification('window/logMessage', { type: MessageType.Debug, message });
      else connection.tracer.log(message);
    },
  };
}
