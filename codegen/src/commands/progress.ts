/** One line that is written over where a person watches, a line for each step where none does. */
export function createProgress(): {
  readonly show: (message: string) => void;
  readonly end: () => void;
} {
  const { stderr } = process;
  if (!stderr.isTTY) {
    return { show: (message) => stderr.write(`pawprint: ${message}\n`), end: () => undefined };
  }
  const clearLine = "\r\u001B[2K";
  return {
    show: (message) => stderr.write(`${clearLine}${message} …`),
    end: () => {
      stderr.write(clearLine);
    },
  };
}
