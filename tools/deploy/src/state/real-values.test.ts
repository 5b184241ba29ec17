import { realValues } from "./real-values.ts";

const resource = (urn: string, outputs: Record<string, unknown>, id = "real-id") => ({
  urn,
  type: "aws:ec2/vpc:Vpc",
  custom: true,
  id,
  outputs,
});

test("planned ids and ARNs become real ones, inside of policies too", () => {
  const planned = [
    { urn: "a", outputs: { id: "vpc-planned", arn: "arn:aws:ec2:eu-west-1:1:vpc/vpc-planned" } },
  ];
  const real = realValues(planned, [
    resource("a", { arn: "arn:aws:ec2:eu-west-1:1:vpc/vpc-real" }, "vpc-real"),
  ]);
  expect(real({ vpcId: "vpc-planned", list: ["x", "vpc-planned"] })).toEqual({
    vpcId: "vpc-real",
    list: ["x", "vpc-real"],
  });
  expect(
    real('{"Resource":"arn:aws:ec2:eu-west-1:1:vpc/vpc-planned","Other":"vpc-planned/*"}'),
  ).toBe('{"Resource":"arn:aws:ec2:eu-west-1:1:vpc/vpc-real","Other":"vpc-real/*"}');
  expect(real("vpc-planned2")).toBe("vpc-planned2");
});

test("a value that stands for two real ones, or for itself elsewhere, is let be", () => {
  const planned = [
    { urn: "a", outputs: { id: "shared", owner: "444444444444" } },
    { urn: "b", outputs: { id: "shared" } },
    { urn: "c", outputs: { id: "444444444444" } },
  ];
  const real = realValues(planned, [
    resource("a", { owner: "444444444444" }, "one"),
    resource("b", {}, "two"),
    resource("c", {}, "eu-west-1"),
  ]);
  expect(real(["shared", "444444444444"])).toEqual(["shared", "444444444444"]);
});

test("what is only left to be deleted, or missing, says nothing", () => {
  const planned = [{ urn: "a", outputs: { id: "vpc-planned" } }];
  expect(realValues(planned, [])("vpc-planned")).toBe("vpc-planned");
  const gone = { ...resource("a", {}, "vpc-old"), delete: true };
  expect(realValues(planned, [gone])("vpc-planned")).toBe("vpc-planned");
});
