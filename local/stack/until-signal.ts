/**
 * Waits for Ctrl-C or SIGTERM, once: whoever waits then stops what it started. A second signal ends the process as if nobody had listened, and the
 * emulator ends with it.
 */
export const untilSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    const done = (signal: NodeJS.Signals): void => {
      process.off('SIGINT', done);
      process.off('SIGTERM', done);
      resolve(signal);
    };
    process.on('SIGINT', done);
    process.on('SIGTERM', done);
  });
