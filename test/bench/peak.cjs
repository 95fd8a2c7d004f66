// Loaded before a program that is measured: leaves its peak memory in bytes in a file when it ends.

const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS * 1024)));
