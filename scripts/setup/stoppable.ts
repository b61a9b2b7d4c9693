const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets other programs run that end first when this process is told to: they may not lose their files on the way.
 * @param work ends them when its signal aborts
 * @throws Error with a sentence where it was stopped
 */
export async function stoppable<T>(work: (stopped: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = (): void => {
    controller.abort(new Error('Stopped. Run it again: it goes on from here.'));
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    const result = await work(signal);
    signal.throwIfAborted();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    // `npm run` passes on what the terminal has sent already: the second one may not cut the sentence off.
    if (!signal.aborted) for (const name of SIGNALS) process.off(name, stop);
  }
}
