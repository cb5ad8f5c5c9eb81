export type { Assumptions } from "./assumptions.ts";
export { type Clock, ManualClock, systemClock } from "./clock.ts";
export type { Directory } from "./directory.ts";
export {
  createMeteringEmulator,
  type EmulatorOptions,
  type EmulatorState,
  type MeteringEmulator,
} from "./emulator.ts";
export type { Fault, FaultKind, Faults, OperationName } from "./faults.ts";
export {
  type AcceptedUsage,
  type Journal,
  type JournalEntry,
  MemoryJournal,
  type UsedToken,
} from "./journal.ts";
export { InvalidJsonError, type JsonProblem } from "./json-problems.ts";
export { readFaults } from "./read-faults.ts";
export { readSeed } from "./read-seed.ts";
export type { LoggedRequest } from "./request-log.ts";
export type {
  Agreement,
  Caller,
  CredentialSource,
  Customer,
  Product,
  ProductKey,
  RegistrationToken,
  Seed,
} from "./seed.ts";
export type { KeyStore } from "./signing-keys.ts";
