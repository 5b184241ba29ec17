import type { Finding } from "@atoll/aws-model";
import type { Problem, SourceLocation } from "@atoll/core";

import type { ResourceProblem } from "./monitor-problems.ts";

/** Something that a problem can be about. */
export interface Subject {
  /** Such as `network/vpc (aws:ec2/vpc:Vpc)`. */
  readonly path: string;
  readonly source: SourceLocation | undefined;
}

/** An error whose cause is already in the list of problems. */
export class ReportedError extends Error {
  override readonly name = "ReportedError";
  /** What the SDK shows of an error that a request was answered with. */
  readonly details: string;

  constructor(message: string) {
    super(message);
    this.details = message;
  }
}

/** The problems of one stack, as its monitor finds them. */
export class ProblemLog {
  readonly problems: Problem[] = [];
  /** Messages of errors that are in `problems`: the SDK throws them anew, as errors of its own. */
  readonly reported = new Set<string>();

  /** Adds a finding, whose path is relative to its subject. */
  add({ path, source }: Subject, finding: Finding): void {
    this.problems.push({
      ...finding,
      path: finding.path === "" ? path : `${path}:${finding.path}`,
      ...(source === undefined ? {} : { source }),
    });
  }

  /** Adds an error of one property of a subject, or of all of it. */
  addError(subject: Subject, problem: ResourceProblem, property = ""): void {
    this.add(subject, { severity: "error", path: property, ...problem });
  }
}
