/** What a program found out in its runtime: plain data, whatever way it comes back. */
export interface Result {
  /** A column of the table. */
  readonly group: string;
  readonly name: string;
  readonly ok: boolean;
  /** What is wrong; empty where nothing is. */
  readonly message: string;
}
