import { formatArn, parseArn } from "./arn.ts";
import {
  isPartitionName,
  partition,
  partitionNames,
  partitionOfRegion,
  servicePrincipal,
} from "./partition.ts";

test.each([
  ["eu-west-1", "aws"],
  ["mx-central-1", "aws"],
  ["cn-northwest-1", "aws-cn"],
  ["us-gov-east-1", "aws-us-gov"],
  ["us-iso-east-1", undefined],
  ["eusc-de-east-1", undefined],
  ["eu-west", undefined],
  ["", undefined],
])("%j is a region of %j", (region, expected) => {
  expect(partitionOfRegion(region)).toBe(expected);
});

test("a partition's global region is one of its own", () => {
  for (const name of partitionNames)
    expect(partitionOfRegion(partition(name).globalRegion)).toBe(name);
  expect(partition("aws-cn").dnsSuffix).toBe("amazonaws.com.cn");
});

test("only names of known partitions are partition names", () => {
  expect(partitionNames.every(isPartitionName)).toBe(true);
  expect(isPartitionName("aws-iso")).toBe(false);
});

test("service principals end in amazonaws.com, but for three services in China", () => {
  expect(servicePrincipal("ecs-tasks", "aws")).toBe("ecs-tasks.amazonaws.com");
  expect(servicePrincipal("lambda", "aws-cn")).toBe("lambda.amazonaws.com");
  expect(servicePrincipal("logs", "aws-cn")).toBe("logs.amazonaws.com.cn");
  expect(servicePrincipal("logs", "aws-us-gov")).toBe("logs.amazonaws.com");
});

describe("ARNs", () => {
  test("parts left out leave their place empty", () => {
    expect(formatArn({ partition: "aws-cn", service: "s3", resource: "bucket/*" })).toBe(
      ["arn", "aws-cn", "s3:::bucket/*"].join(":"),
    );
  });

  test.each([
    {
      partition: "aws",
      service: "iam",
      region: "",
      account: "123456789012",
      resource: "role/deploy",
    },
    {
      partition: "aws",
      service: "iam",
      region: "",
      account: "aws",
      resource: "policy/ReadOnlyAccess",
    },
    {
      partition: "aws-us-gov",
      service: "logs",
      region: "us-gov-west-1",
      account: "123456789012",
      resource: "log-group:/a:*",
    },
  ] as const)("$service ARNs are read back part by part", (parts) => {
    expect(parseArn(formatArn(parts))).toEqual(parts);
  });

  test.each([
    "",
    "arn",
    "arn:aws",
    "arn:aws-x:iam::1:r",
    "arn:aws:iam::12:role/x",
    "arn:aws:iam::123456789012:",
    "urn:aws:iam:::r",
    "arn:aws::::r",
  ])("%j is no ARN", (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});
