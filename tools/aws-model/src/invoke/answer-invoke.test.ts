import { zonesOf } from "@atoll/aws-facts";
import type { Scope } from "../model.ts";
import { UNKNOWN } from "../values.ts";
import type { PlainRecord } from "../values.ts";
import { ANSWERED_DATA_SOURCES, answerInvoke } from "./answer-invoke.ts";

const scope: Scope = {
  partition: "aws",
  accountId: "111111111111",
  region: "eu-west-1",
  defaultTags: { owner: "platform" },
};

function ask(name: string, args: PlainRecord = {}, where: Partial<Scope> = {}) {
  const service = name.includes("/") ? name : `index/${name}`;
  const token = `aws:${service}:${service.slice(service.indexOf("/") + 1)}`;
  return answerInvoke({ token, args, scope: { ...scope, ...where } });
}

test("who and where the provider is", () => {
  expect(ask("getCallerIdentity")).toEqual({
    value: { accountId: "111111111111", arn: UNKNOWN, id: "111111111111", userId: UNKNOWN },
  });
  expect(ask("getPartition", {}, { partition: "aws-cn" })).toEqual({
    value: {
      id: "aws-cn",
      partition: "aws-cn",
      dnsSuffix: "amazonaws.com.cn",
      reverseDnsPrefix: "cn.com.amazonaws",
    },
  });
  expect(ask("getRegion")).toMatchObject({
    value: { region: "eu-west-1", name: "eu-west-1", endpoint: "ec2.eu-west-1.amazonaws.com" },
  });
  expect(ask("getRegion", { region: "us-east-1" })).toMatchObject({ value: { id: "us-east-1" } });
  expect(ask("getDefaultTags")).toEqual({
    value: { id: "default-tags", tags: { owner: "platform" } },
  });
});

test("zones come from the dated table, names and ids in the same order", () => {
  expect(ask("getAvailabilityZones", { state: "available" })).toMatchObject({
    value: {
      names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      zoneIds: zonesOf("eu-west-1"),
      region: "eu-west-1",
    },
  });
  expect(ask("getAvailabilityZones", { excludeZoneIds: ["euw1-az1"] })).toMatchObject({
    value: { names: ["eu-west-1b", "eu-west-1c"] },
  });
});

test.each<[reason: string, name: string, args: PlainRecord]>([
  ["a region that the table lacks", "getAvailabilityZones", { region: "xx-nowhere-1" }],
  ["filters", "getAvailabilityZones", { filters: [{ name: "a", values: ["b"] }] }],
  ["Local Zones", "getAvailabilityZones", { allAvailabilityZones: true }],
  ["an unknown region", "getRegion", { region: UNKNOWN }],
  ["a data source that nobody wrote", "ssm/getParameter", { name: "/aws/service/x" }],
  ["a name that every object has", "toString", {}],
])("%s has no answer, and the finding names the data source", (_reason, name, args) => {
  const answer = ask(name, args);
  if (!("problem" in answer)) throw new Error("answered");
  expect(answer.problem).toMatchObject({
    code: "DATA_SOURCE_UNANSWERED",
    severity: "error",
    got: { token: expect.stringContaining(name.slice(name.indexOf("/") + 1)) },
  });
  for (const token of ANSWERED_DATA_SOURCES) expect(answer.problem.expected).toContain(token);
});
