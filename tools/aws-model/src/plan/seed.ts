import { createHash } from "node:crypto";

/** Stable values that look random: the same key and label give the same text everywhere. */
export interface Seed {
  /** Lower-case hexadecimal. At most 64 characters. */
  hex(label: string, length: number): string;
  /** Decimal digits. At most 32 characters. */
  digits(label: string, length: number): string;
  /** `a-z0-9`. At most 32 characters. */
  lower(label: string, length: number): string;
  /** `A-Z2-7`, as in IAM's unique ids. At most 32 characters. */
  upper(label: string, length: number): string;
  /** In the form of RFC 9562, version 4. */
  uuid(label: string): string;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const DIGITS = "0123456789";

/** A seed for one resource; the key names it among all resources of an organization. */
export function seedOf(key: string): Seed {
  const digest = (label: string) => createHash("sha256").update(`${key}\n${label}`).digest();
  const pick = (label: string, alphabet: string, length: number) => {
    let text = "";
    for (const byte of digest(label).subarray(0, length)) {
      text += alphabet.charAt(byte % alphabet.length);
    }
    return text;
  };
  return {
    hex: (label, length) => digest(label).toString("hex").slice(0, length),
    digits: (label, length) => pick(label, DIGITS, length),
    lower: (label, length) => pick(label, LOWER, length),
    upper: (label, length) => pick(label, UPPER, length),
    uuid(label) {
      const hex = digest(label).toString("hex");
      const third = `4${hex.slice(13, 16)}`;
      const fourth = `8${hex.slice(17, 20)}`;
      return [hex.slice(0, 8), hex.slice(8, 12), third, fourth, hex.slice(20, 32)].join("-");
    },
  };
}
