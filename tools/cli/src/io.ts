import { writeSync } from "node:fs";
import { isatty } from "node:tty";

import { colorPaint, plainPaint, wantsColor, type Paint } from "./render/paint.ts";

/** Where a command writes, and what it may know of the terminal. */
export interface Io {
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Looks of text on standard output. */
  readonly paint: Paint;
  /** Looks of text on standard error. */
  readonly errorPaint: Paint;
  readonly errorIsTerminal: boolean;
  /** Columns of the terminal behind standard error. */
  readonly errorColumns: () => number;
  /** Nobody reads standard output any more (`| head`). */
  readonly closed: () => boolean;
}

/** Written to standard output at once when so much has gathered. */
const CHUNK_LENGTH = 64 * 1024;

/**
 * The process's own streams. Writing is synchronous, so that nothing is lost when the process exits and memory stays
 * small however slow the reader is. A closed pipe is no error: what follows is dropped.
 */
export function processIo(options: {
  readonly color: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Io & { flush: () => void } {
  const out = new SyncWriter(1);
  const err = new SyncWriter(2);
  const paintFor = (fd: number) =>
    wantsColor({ allowed: options.color, terminal: isatty(fd), env: options.env })
      ? colorPaint
      : plainPaint;
  return {
    out: (text) => {
      out.write(text);
    },
    err: (text) => {
      // Keeps the order in which the two were written when both go to one terminal.
      out.flush();
      err.write(text);
      err.flush();
    },
    paint: paintFor(1),
    errorPaint: paintFor(2),
    errorIsTerminal: isatty(2),
    errorColumns: () => (isatty(2) ? process.stderr.columns || 80 : 80),
    closed: () => out.closed,
    flush: () => {
      out.flush();
    },
  };
}

class SyncWriter {
  closed = false;
  readonly #descriptor: number;
  #pending = "";

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  write(text: string): void {
    if (this.closed) return;
    this.#pending += text;
    if (this.#pending.length >= CHUNK_LENGTH) this.flush();
  }

  flush(): void {
    const bytes = Buffer.from(this.#pending, "utf8");
    this.#pending = "";
    let offset = 0;
    while (offset < bytes.length && !this.closed) {
      try {
        offset += writeSync(this.#descriptor, bytes, offset);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // A pipe that was made non-blocking by someone else and is full for now.
        if (code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        else if (code === "EPIPE" || code === "EBADF") this.closed = true;
        else throw error;
      }
    }
  }
}
