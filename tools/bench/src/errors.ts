import { AtollError } from "@atoll/core";

/** Something that keeps the bench, or one comparison of it, from being measured. */
export class BenchError extends AtollError {}
