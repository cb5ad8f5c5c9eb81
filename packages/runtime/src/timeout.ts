/** Calls `onPassed` once the time is over, unless the function that it returns is called first. */
export function startTimeout(milliseconds: number, onPassed: () => void): () => void {
  if (milliseconds === 0 || milliseconds === Infinity) return () => {};
  // `setTimeout` fires at once for anything longer.
  const timer = setTimeout(onPassed, Math.min(milliseconds, 2 ** 31 - 1));
  return () => clearTimeout(timer);
}

/** Resolves after some milliseconds, or at once where there are none or the signal has fired or fires. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted || milliseconds === 0) {
      resolve();
      return;
    }
    const finish = (): void => {
      stop();
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const stop = startTimeout(milliseconds, finish);
    signal?.addEventListener("abort", finish, { once: true });
  });
}
