// Everything of Mapwarden that runs in Node, as one bundle: the language server when it is what was started, the thread beside
// it, and the command line, which `dist/cli.js` loads.

import { isMainThread } from 'node:worker_threads';
import { runCommandLine } from './cli.ts';
import { serveClient } from './server.ts';
import { analyzeForMainThread } from './typed-worker.ts';

if (!isMainThread) analyzeForMainThread();
else if (require.main === module) serveClient();
else runCommandLine();
