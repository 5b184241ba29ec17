import type { Scope } from "../../model.ts";
import { loadModel } from "../../load-model.ts";
import type { PlainRecord } from "../../values.ts";
import type { CloudResource, Refusal } from "../cloud.ts";
import { cloudOf } from "../memory-cloud.ts";
import type { CloudOptions, MemoryCloud } from "../memory-cloud.ts";

/** The model that the tests of this folder ask. */
export const model = loadModel();

/** The management account of the tests' organization. */
export const MANAGEMENT = "111111111111";
/** A member of it. */
export const MEMBER = "222222222222";
/** Where everything is made that does not say otherwise. */
export const REGION = "eu-west-1";

/** Calls to a cloud in memory, each applied when it is answered. */
export class World {
  readonly cloud: MemoryCloud;
  readonly scope: Scope;
  #count = 0;

  constructor(options: CloudOptions = {}, resources: readonly CloudResource[] = seeded()) {
    this.cloud = cloudOf(resources, options);
    this.scope = { partition: "aws", accountId: MANAGEMENT, region: REGION };
  }

  /** @throws TypeError when it is refused */
  create(type: string, inputs: PlainRecord, scope: Scope = this.scope): CloudResource {
    const answer = this.try(type, inputs, scope);
    if ("refusals" in answer) throw new TypeError(`${type}: ${JSON.stringify(answer.refusals)}`);
    return answer;
  }

  /** The resource, or why there is none. */
  try(
    type: string,
    inputs: PlainRecord,
    scope: Scope = this.scope,
  ): CloudResource | { readonly refusals: readonly Refusal[] } {
    this.#count += 1;
    const name = `r${String(this.#count)}`;
    const answer = model.cloud.create({ type, name, urn: name, inputs, scope }, this.cloud);
    if ("refusals" in answer) return answer;
    this.cloud.apply(answer.change);
    if (answer.resource === null) throw new TypeError(`${type} was made and is not there`);
    return answer.resource;
  }

  /** AWS's codes and the paths of a refused creation; empty when it is not refused. */
  refused(
    type: string,
    inputs: PlainRecord,
    scope?: Scope,
  ): readonly (readonly [string, string])[] {
    return brief(this.try(type, inputs, scope));
  }

  /** AWS's codes of a refused deletion; empty, and applied, when it is not refused. */
  remove(resource: CloudResource): readonly string[] {
    const answer = model.cloud.remove(resource, this.cloud);
    if ("refusals" in answer) return answer.refusals.map(({ code }) => code);
    this.cloud.apply(answer.change);
    return [];
  }

  /** As `refused`, for an update. */
  update(resource: CloudResource, inputs: PlainRecord): readonly (readonly [string, string])[] {
    const answer = model.cloud.update(resource, inputs, this.scope, this.cloud);
    if ("refusals" in answer) return brief(answer);
    this.cloud.apply(answer.change);
    return [];
  }

  /** As the provider reads it. @throws TypeError when it is not there */
  read(type: string, id: string): CloudResource {
    const found = model.cloud.read(type, id, this.scope, this.cloud);
    if (found === undefined) throw new TypeError(`there is no ${type} ${id}`);
    return found;
  }

  /** Everything there is, in an order that does not depend on how it came to be. */
  text(): string {
    return this.cloud
      .all()
      .map((resource) => JSON.stringify(resource))
      .sort()
      .join("\n");
  }
}

function brief(
  answer: CloudResource | { readonly refusals: readonly Refusal[] },
): readonly (readonly [string, string])[] {
  if (!("refusals" in answer)) return [];
  return answer.refusals.map(({ code, path }) => [code, path]);
}

/** What AWS has in two fresh accounts of an organization of so many. */
export function seeded(accounts = 2): readonly CloudResource[] {
  const organization = {
    managementAccountId: MANAGEMENT,
    organizationId: "o-exampleorg1",
    accounts: [
      { accountId: MANAGEMENT, name: "management", email: "management@example.com" },
      { accountId: MEMBER, name: "member", email: "member@example.com" },
      ...Array.from({ length: accounts - 2 }, (_, index) => ({
        accountId: String(300000000000 + index),
        name: `member-${String(index)}`,
        email: `member-${String(index)}@example.com`,
      })),
    ],
  };
  return [MANAGEMENT, MEMBER].flatMap((accountId) =>
    model.cloud.seed({ accountId, partition: "aws", regions: [REGION] }, organization),
  );
}
