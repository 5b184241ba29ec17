import { problem, resource, stackPreview } from "../testing/previews.ts";
import { findPlannedOnly, problemKey } from "./planned-values.ts";

const unknown = { $unknown: true } as const;

test("inputs that are known only because a value was planned are found by their path", () => {
  const subnet = (vpcId: string | typeof unknown) =>
    stackPreview("a", {
      resources: [
        resource("a", "aws:ec2/subnet:Subnet", "s", {
          inputs: { vpcId, zones: ["x", vpcId], cidrBlock: "10.0.0.0/24" },
        }),
      ],
    });
  const { inputs, resources, missing } = findPlannedOnly(subnet("vpc-1"), subnet(unknown));
  expect([...inputs.values()].map((paths) => [...paths])).toEqual([["vpcId", "zones[1]"]]);
  expect(resources.size).toBe(0);
  expect(missing).toEqual([]);
});

test("a whole object that is unknown marks the object", () => {
  const made = (tags: { Name: string } | typeof unknown) =>
    stackPreview("a", {
      resources: [resource("a", "aws:s3/bucket:Bucket", "b", { inputs: { tags } })],
    });
  const { inputs } = findPlannedOnly(made({ Name: "x" }), made(unknown));
  expect([...inputs.values()].map((paths) => [...paths])).toEqual([["tags"]]);
});

test("resources and problems of one mode alone are told apart", () => {
  const bucket = resource("a", "aws:s3/bucket:Bucket", "b");
  const queue = resource("a", "aws:sqs/queue:Queue", "q");
  const both = problem("BOTH", "x");
  const planned = stackPreview("a", {
    resources: [bucket],
    problems: [both, problem("PLANNED", "x")],
  });
  const other = stackPreview("a", {
    resources: [queue],
    problems: [{ ...both, message: "In other words." }, problem("UNKNOWN", "x")],
  });
  const found = findPlannedOnly(planned, other);
  expect([...found.resources]).toEqual([bucket.urn]);
  expect(found.missing).toEqual(["aws:sqs/queue:Queue q"]);
  expect([...found.problems]).toEqual([problemKey(problem("PLANNED", "x"))]);
  expect(found.otherProblems.map(({ code }) => code)).toEqual(["UNKNOWN"]);
});
