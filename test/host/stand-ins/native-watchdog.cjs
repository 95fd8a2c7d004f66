// Stands in for the native watchdog of VS Code: ends this process some seconds after the watched one is gone.

exports.start = (pid) => {
  const timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 3000);
  timer.unref();
};

exports.exit = (code) => process.exit(code || 0);
