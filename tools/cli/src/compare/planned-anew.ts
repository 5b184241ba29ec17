import { UNKNOWN, type PlainRecord, type PlainValue } from "@atoll/aws-model";

import { joinPath } from "../render/value.ts";
import { isPlainList, isPlainRecord } from "./plain-inputs.ts";

/** What became of a value that was planned for a resource. */
export interface Renewed {
  /** The resource. */
  readonly urn: string;
  /** What it was before, if it stays the same on AWS; undefined if AWS will give a new one. */
  readonly was: string | undefined;
}

/** An input that holds something that AWS will give anew. */
export interface Follows {
  readonly path: string;
  /** The resource that it is of. */
  readonly urn: string;
}

/** Shorter texts stand for too much to be recognized. */
const SHORTEST = 4;

/**
 * The planned values of the working tree that do not stand for themselves: those of resources that are replaced, which
 * AWS will give anew, and those that differ from the base's although the resource stays as it is.
 */
export class PlannedAnew {
  /** By the longest word in the value, to find it in a longer text. */
  readonly #byWord = new Map<string, Map<string, Renewed>>();

  /** Notes a value; true when that says something new. That a value is given anew is never taken back. */
  note(value: string, renewed: Renewed): boolean {
    if (value.length < SHORTEST || value === renewed.was) return false;
    const word = wordsOf(value).reduce((a, b) => (b.length > a.length ? b : a), "");
    const values = this.#byWord.get(word) ?? new Map<string, Renewed>();
    const known = values.get(value);
    if (known !== undefined && (known.was === undefined || renewed.was !== undefined)) return false;
    values.set(value, renewed);
    this.#byWord.set(word, values);
    return true;
  }

  /** Inputs with what these values stand for, and where new ones will be. */
  apply(inputs: PlainRecord): {
    readonly inputs: PlainRecord;
    readonly follows: readonly Follows[];
  } {
    if (this.#byWord.size === 0) return { inputs, follows: [] };
    const follows: Follows[] = [];
    return { inputs: this.#record(inputs, "", follows), follows };
  }

  #value(value: PlainValue, path: string, follows: Follows[]): PlainValue {
    if (typeof value === "string") return this.#text(value, path, follows);
    if (isPlainList(value)) {
      return value.map((item, index) =>
        this.#value(item, joinPath(path, `[${String(index)}]`), follows),
      );
    }
    return isPlainRecord(value) ? this.#record(value, path, follows) : value;
  }

  #record(record: PlainRecord, path: string, follows: Follows[]): PlainRecord {
    return Object.fromEntries(
      Object.entries(record).map(([name, value]): [string, PlainValue] => [
        name,
        this.#value(value, joinPath(path, name), follows),
      ]),
    );
  }

  #text(text: string, path: string, follows: Follows[]): PlainValue {
    let result = text;
    for (const word of new Set(wordsOf(text))) {
      for (const [value, { urn, was }] of this.#byWord.get(word) ?? []) {
        if (!holds(result, value)) continue;
        if (was === undefined) {
          follows.push({ path, urn });
          return UNKNOWN;
        }
        result = result.replaceAll(value, was);
      }
    }
    return result;
  }
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\w-]+/gu) ?? [];
}

/** True when the value is in the text as a whole: not `10.0.3.7` in `10.0.3.70`. */
function holds(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const before = text.slice(0, at).at(-1) ?? "";
    const after = text.slice(at + value.length, at + value.length + 2);
    if (!/[\w-]/u.test(before) && !/^(?:[\w-]|\.\d)/u.test(after)) return true;
  }
  return false;
}
