import { loadModel } from "../../load-model.ts";
import type { PlainRecord } from "../../values.ts";
import type { DiffOptions } from "../diff.ts";

/** The model that the tests of changes share. */
export const model = loadModel();

/** The types that the tests of changes are mostly about. */
export const TYPES = {
  group: "aws:ec2/securityGroup:SecurityGroup",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  queue: "aws:sqs/queue:Queue",
  service: "aws:ecs/service:Service",
  subnet: "aws:ec2/subnet:Subnet",
  vpc: "aws:ec2/vpc:Vpc",
} as const;

/** Each change in short: `~ path`, `+ path` or `- path`, with `!` where it replaces. */
export function diff(
  type: string,
  before: PlainRecord,
  after: PlainRecord,
  options?: DiffOptions,
): readonly string[] {
  const signs = { add: "+", delete: "-", update: "~" };
  return model
    .diff(type, before, after, options)
    .changes.map(({ path, kind, replaces }) => `${signs[kind]}${replaces ? "!" : ""} ${path}`);
}

/** The names of a type's inputs. */
export function inputsOf(type: string): readonly string[] {
  const { facts } = model.explain(type);
  const inputs = facts.find(({ what }) => what.startsWith("Inputs: "))?.what ?? "";
  return inputs === "" ? [] : inputs.slice("Inputs: ".length, -1).split(", ");
}
