/** Aborts when someone interrupts the program, which from then on has to end by itself. */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
    process.once(name, () => controller.abort(new Interruption(`interrupted by ${name}`)));
  }
  return controller.signal;
}

/** Someone has ended the program. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}
