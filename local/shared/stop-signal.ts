/**
 * Aborts when this process is asked to stop. The listeners stay: `npm run` passes on the Ctrl-C that the
 * terminal has sent to all processes already, and the second one must not cut the way out short.
 * To be called before the program says that it is ready: who waits for that may ask it to stop at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.on(name, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
