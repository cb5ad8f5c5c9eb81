/** What time it is for the emulator. */
export interface Clock {
  now(): Date;
}

/** The time of this machine. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told to move: a month's end takes no waiting. */
export class ManualClock implements Clock {
  #now: number;

  /** Throws a `RangeError` for a date that is none. */
  constructor(start: Date | string) {
    this.#now = readTime(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Sets the clock, forwards or back. */
  set(time: Date | string): void {
    this.#now = readTime(time);
  }

  /** Moves the clock forwards, by milliseconds. */
  advance(milliseconds: number): void {
    this.#now = readTime(new Date(this.#now + milliseconds));
  }
}

/** Where an adjustable clock is: so far ahead of the machine, or standing at a time. Milliseconds. */
export type ClockSetting = { readonly ahead: number } | { readonly standsAt: number };

/** A clock that goes on with the machine's, from whatever time it is set to, or stands. */
export class AdjustableClock implements Clock {
  #setting: ClockSetting;

  /** Default: the time of the machine. */
  constructor(setting: ClockSetting = { ahead: 0 }) {
    this.#setting = setting;
  }

  get setting(): ClockSetting {
    return this.#setting;
  }

  set setting(setting: ClockSetting) {
    this.#setting = setting;
  }

  get isStanding(): boolean {
    return "standsAt" in this.#setting;
  }

  now(): Date {
    const setting = this.#setting;
    return new Date("standsAt" in setting ? setting.standsAt : Date.now() + setting.ahead);
  }

  /** Sets the clock, forwards or back. Throws a `RangeError` for a date that is none. */
  set(time: Date | string): void {
    const standsAt = readTime(time);
    this.#setting = this.isStanding ? { standsAt } : { ahead: standsAt - Date.now() };
  }

  /** Moves the clock forwards, or back, by milliseconds. */
  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  /** Lets the clock stand where it is. */
  stop(): void {
    this.#setting = { standsAt: this.now().getTime() };
  }

  /** Lets the clock go on from where it is. */
  start(): void {
    this.#setting = { ahead: this.now().getTime() - Date.now() };
  }
}

function readTime(time: Date | string): number {
  const milliseconds = new Date(time).getTime();
  if (!Number.isNaN(milliseconds)) return milliseconds;
  throw new RangeError(`${String(time)} is no date, such as 2026-07-01T00:00:00Z`);
}
