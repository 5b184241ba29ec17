import { refuseForeign } from "./refuse-foreign.ts";

const own = { stack: "app", project: "acme" };
const resource = (urn: string) => ({ urn, type: "aws:ec2/vpc:Vpc", custom: true });
const state = (...urns: readonly string[]) => ({
  version: 3,
  deployment: { resources: urns.map(resource) },
});

test("no state, an empty one and the stack's own are taken", () => {
  for (const each of [null, state(), state("urn:pulumi:app::acme::aws:ec2/vpc:Vpc::main")])
    expect(() => {
      refuseForeign(each, own);
    }).not.toThrow();
});

test.each([
  ["another organization's", "urn:pulumi:app::other::aws:ec2/vpc:Vpc::main"],
  ["another stack's", "urn:pulumi:app.unit::acme::aws:ec2/vpc:Vpc::main"],
  ["one that is named alike", "urn:pulumi:app::acme-two::aws:ec2/vpc:Vpc::main"],
])("%s is refused, also when only an operation that was cut short is", (_what, urn) => {
  const pending = {
    version: 3,
    deployment: { pending_operations: [{ type: "creating" as const, resource: resource(urn) }] },
  };
  for (const each of [state(urn), pending]) {
    expect(() => {
      refuseForeign(each, own);
    }).toThrow(expect.objectContaining({ code: "STATE_FOREIGN" }));
  }
});
