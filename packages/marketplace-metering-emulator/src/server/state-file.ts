import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ClockSetting } from "../clock.ts";
import type { AcceptedUsage, Journal, JournalEntry, UsedToken } from "../journal.ts";
import type { Seed } from "../seed.ts";
import type { KeyStore } from "../signing-keys.ts";

/** The state file cannot be used: what is wrong, and what would help. */
export class StateFileError extends Error {
  override readonly name = "StateFileError";
}

/** A clock, and the `--clock` that it once started from. */
interface KeptClock {
  readonly startedFrom: string | undefined;
  readonly setting: ClockSetting;
}

// "PAWM", so that a database of another program is not taken for one of these.
const applicationId = 0x5041574d;
const formatVersion = 1;

/**
 * What has to outlive the process: accepted usage, tokens, made keys, the clock and what was added to
 * the seed. Every write is on the disk when it returns, and is there as a whole or not at all.
 */
export class StateFile implements Journal, KeyStore {
  readonly #database: DatabaseSync;
  readonly #insertUsage: StatementSync;
  readonly #insertToken: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insertUsage = database.prepare("INSERT INTO usage (record) VALUES (?)");
    this.#insertToken = database.prepare("INSERT INTO tokens (token) VALUES (?)");
  }

  read(): JournalEntry {
    return {
      usage: this.#readAll<AcceptedUsage>("SELECT record AS json FROM usage ORDER BY position"),
      tokens: this.#readAll<UsedToken>("SELECT token AS json FROM tokens ORDER BY position"),
    };
  }

  append({ usage, tokens }: JournalEntry): void {
    this.#transact(() => {
      for (const one of usage) this.#insertUsage.run(JSON.stringify(one));
      for (const one of tokens) this.#insertToken.run(JSON.stringify(one));
    });
  }

  clear(): void {
    this.#transact(() => this.#database.exec("DELETE FROM usage; DELETE FROM tokens"));
  }

  readKey(id: string): string | undefined {
    const row = this.#database.prepare("SELECT pem FROM keys WHERE id = ?").get(id);
    return row?.pem as string | undefined;
  }

  writeKey(id: string, privateKey: string): void {
    this.#database.prepare("INSERT OR REPLACE INTO keys VALUES (?, ?)").run(id, privateKey);
  }

  readClock(): KeptClock | undefined {
    const [clock] = this.#readAll<KeptClock>("SELECT json FROM clock");
    return clock;
  }

  writeClock(clock: KeptClock): void {
    const write = "INSERT OR REPLACE INTO clock (position, json) VALUES (1, ?)";
    this.#database.prepare(write).run(JSON.stringify(clock));
  }

  /** What was added to the seed, in order. */
  readAdded(): readonly Seed[] {
    return this.#readAll<Seed>("SELECT seed AS json FROM added ORDER BY position");
  }

  add(seed: Seed): void {
    this.#database.prepare("INSERT INTO added (seed) VALUES (?)").run(JSON.stringify(seed));
  }

  clearAdded(): void {
    this.#database.exec("DELETE FROM added");
  }

  close(): void {
    this.#database.close();
  }

  #readAll<Row>(query: string): Row[] {
    return this.#database
      .prepare(query)
      .all()
      .map(({ json }) => JSON.parse(String(json)) as Row);
  }

  #transact(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** SQLite may have done it already, as where the disk is full, and then refuses to do it again. */
  #rollBack(): void {
    try {
      this.#database.exec("ROLLBACK");
    } catch {}
  }
}

/** Opens a state file, or makes a new one. Throws a `StateFileError` where that is impossible. */
export async function openStateFile(path: string): Promise<StateFile> {
  // SQLite takes these for a database that is gone with the process.
  if (path === "" || path === ":memory:") {
    throw new StateFileError(`${JSON.stringify(path)} is no name of a file; name one`);
  }
  const Database = await loadSqlite();
  const database = openDatabase(Database, path);
  try {
    // Nobody else may write while this process lives, and a process that is killed leaves no lock.
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    checkFormat(database, path);
    database.exec(`
      BEGIN IMMEDIATE;
      PRAGMA application_id = ${applicationId};
      PRAGMA user_version = ${formatVersion};
      CREATE TABLE IF NOT EXISTS usage (position INTEGER PRIMARY KEY, record TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS tokens (position INTEGER PRIMARY KEY, token TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, pem TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS clock (position INTEGER PRIMARY KEY, json TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS added (position INTEGER PRIMARY KEY, seed TEXT NOT NULL);
      COMMIT;
    `);
    return new StateFile(database);
  } catch (cause) {
    database.close();
    throw cause instanceof StateFileError ? cause : explain(path, cause);
  }
}

function openDatabase(Database: typeof DatabaseSync, path: string): DatabaseSync {
  try {
    return new Database(path);
  } catch (cause) {
    throw explain(path, cause);
  }
}

function checkFormat(database: DatabaseSync, path: string): void {
  const read = (name: string): unknown => database.prepare(`PRAGMA ${name}`).get()?.[name];
  const tables = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.count;
  if (tables === 0) return;
  if (read("application_id") !== applicationId) {
    throw new StateFileError(`${path} is a database of another program; name another file`);
  }
  if (read("user_version") === formatVersion) return;
  throw new StateFileError(
    `${path} has format ${String(read("user_version"))}, and this version reads ${formatVersion}; name another file`,
  );
}

function explain(path: string, cause: unknown): StateFileError {
  const { message } = cause as Error;
  const reasons: readonly (readonly [RegExp, string])[] = [
    [/locked|busy/i, "is in use by another emulator; end that one, or name another file"],
    [/not a database/i, "is no state file; name another file"],
    [/unable to open/i, "cannot be opened; its folder must exist, and be writable"],
  ];
  const reason = reasons.find(([pattern]) => pattern.test(message))?.[1];
  return new StateFileError(`${path} ${reason ?? `cannot be used: ${message}`}`, { cause });
}

async function loadSqlite(): Promise<typeof DatabaseSync> {
  // Node 22 says at every start that its SQLite is experimental.
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return (await import("node:sqlite")).DatabaseSync;
  } catch (cause) {
    throw new StateFileError(
      `a state file needs Node 22.13 or later, which has SQLite built in; this is Node ${process.versions.node}`,
      { cause },
    );
  } finally {
    process.emitWarning = emitWarning;
  }
}
