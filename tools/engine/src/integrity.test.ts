import { loadModel, UNKNOWN, type PlainRecord } from "@atoll/aws-model";

import { StackIntegrity, type IntegrityRequest } from "./integrity.ts";
import { secretOf } from "./wire.ts";

const model = loadModel();
const scope = { partition: "aws", accountId: "111111111111", region: "eu-west-1" } as const;
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

function request(
  type: string,
  name: string,
  inputs: PlainRecord,
  more: Partial<IntegrityRequest> = {},
): IntegrityRequest {
  const asked = { type, name, urn: name, inputs, scope };
  return { ...asked, wire: {}, planned: model.plan(asked), isImported: false, ...more };
}

function codes(integrity: StackIntegrity, ...asked: readonly IntegrityRequest[]) {
  return asked.flatMap((one) => integrity.add(one).map(({ code, path }) => [code, path]));
}

test("what is refused is not there for what follows", () => {
  const integrity = new StackIntegrity(model, []);
  const subnet = (name: string, cidrBlock: string) =>
    request(SUBNET, name, { vpcId: "vpc-1", cidrBlock });
  expect(
    codes(
      integrity,
      subnet("a", "10.0.0.0/24"),
      subnet("b", "10.0.0.0/20"),
      subnet("c", "10.0.8.0/24"),
    ),
  ).toEqual([["AWS_CONFLICT", "cidrBlock"]]);
});

test("what is imported is not held against, and counts", () => {
  const integrity = new StackIntegrity(model, []);
  const group = (name: string, more = {}) =>
    request(GROUP, name, { vpcId: "vpc-1", name: "web" }, more);
  expect(codes(integrity, group("a"), group("b", { isImported: true }))).toEqual([]);
  expect(codes(integrity, group("c"))).toEqual([["AWS_CONFLICT", "name"]]);
});

test("a secret is compared with nothing, so no message can tell it", () => {
  const integrity = new StackIntegrity(model, []);
  const group = (name: string) =>
    request(
      GROUP,
      name,
      { vpcId: "vpc-1", name: "canary" },
      { wire: { vpcId: "vpc-1", name: secretOf("canary") } },
    );
  expect(codes(integrity, group("a"), group("b"))).toEqual([]);
});

test("what is not known yet passes", () => {
  const integrity = new StackIntegrity(model, []);
  const subnet = (name: string) => request(SUBNET, name, { vpcId: UNKNOWN, cidrBlock: UNKNOWN });
  expect(codes(integrity, subnet("a"), subnet("b"))).toEqual([]);
});

test("the first quota that says something holds", () => {
  const name = "vpc/elastic-ips-per-region";
  const address = (key: string) => request("aws:ec2/eip:Eip", key, {});
  const raised = new StackIntegrity(model, [{}, { [name]: 2 }]);
  expect(codes(raised, address("a"), address("b"))).toEqual([]);
  expect(codes(raised, address("c"))).toEqual([["AWS_QUOTA", ""]]);
  const lowered = new StackIntegrity(model, [{ [name]: 0 }, { [name]: 2 }]);
  expect(codes(lowered, address("a"))).toEqual([["AWS_QUOTA", ""]]);
});
