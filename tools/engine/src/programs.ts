import type { Organization, ProgramManifest, StackPlan } from "@atoll/organization";
import { programFile } from "@atoll/stacks/programs";

import type { ProgramDescription, ProgramReference } from "./protocol.ts";

/** The programs that the organization's accounts and units call for, where there is a file. */
export function programsOf(
  organization: Organization,
  organizationFile: string,
): readonly ProgramReference[] {
  const kinds = new Set(organization.accounts.map(({ kind }) => kind));
  const units = new Set(
    organization.accounts.flatMap((account) => account.units.map(({ name }) => name)),
  );
  const reference = (kind: string | null, unit: string | null): readonly ProgramReference[] => {
    const file = programFile(organizationFile, unit === null ? { kind: kind ?? "" } : { unit });
    return file === null ? [] : [{ kind, unit, file }];
  };
  return [
    ...[...kinds].flatMap((kind) => reference(kind, null)),
    ...[...units].flatMap((unit) => reference(null, unit)),
  ];
}

/** Programs by what they are for. */
export class Programs {
  readonly #byName: ReadonlyMap<string, ProgramDescription>;

  constructor(programs: readonly ProgramDescription[]) {
    this.#byName = new Map(programs.map((program) => [nameOf(program), program]));
  }

  /** What planning the stacks needs to know of them. */
  get manifests(): readonly ProgramManifest[] {
    return [...this.#byName.values()].map(({ kind, unit, needs }) => ({
      kind: kind ?? "",
      unit,
      needs,
    }));
  }

  /** The program of a stack; undefined when there is none. */
  of({ kind, unit }: StackPlan): ProgramDescription | undefined {
    return this.#byName.get(nameOf({ kind: unit === null ? kind : null, unit }));
  }
}

function nameOf({ kind, unit }: Pick<ProgramReference, "kind" | "unit">): string {
  return unit === null ? `kind ${kind ?? ""}` : `unit ${unit}`;
}
