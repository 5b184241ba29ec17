import { resource, urnOf } from "../testing/previews.ts";
import { plainPaint } from "./paint.ts";
import { renderTree, treeDetail } from "./resource-tree.ts";

const VPC = "atoll:networking:Vpc";
const component = urnOf("network", [VPC], "main");
const resources = [
  resource("network", "pulumi:pulumi:Stack", "atoll-network", { parent: null }),
  resource("network", "pulumi:providers:aws", "aws"),
  resource("network", VPC, "main"),
  resource("network", "aws:ec2/vpc:Vpc", "main", {
    parents: [VPC],
    parent: component,
    inputs: { cidrBlock: "10.0.0.0/16", tags: { Name: "main" }, zones: [] },
    options: { protect: true },
  }),
  resource("network", "aws:ec2/subnet:Subnet", "b", { parents: [VPC], parent: component }),
  resource("network", "aws:ec2/subnet:Subnet", "a", { parents: [VPC], parent: component }),
  resource("network", "aws:s3/bucket:Bucket", "logs"),
];

describe("renderTree", () => {
  test("components show what they hold by type", () => {
    expect(renderTree(resources, { detail: "components", paint: plainPaint })).toBe(
      `├─ networking.Vpc main: 2 ec2.Subnet, 1 ec2.Vpc
└─ 1 s3.Bucket
`,
    );
  });

  test("a component inside of a component keeps its own line", () => {
    const inner = urnOf("network", [VPC, "atoll:networking:Endpoints"], "in");
    const nested = [
      ...resources,
      resource("network", "atoll:networking:Endpoints", "in", {
        parents: [VPC],
        parent: component,
      }),
      resource("network", "aws:ec2/vpcEndpoint:VpcEndpoint", "s3", { parent: inner }),
    ];
    expect(renderTree(nested, { detail: "components", paint: plainPaint })).toBe(
      `├─ networking.Vpc main
│  ├─ networking.Endpoints in: 1 ec2.VpcEndpoint
│  └─ 2 ec2.Subnet, 1 ec2.Vpc
└─ 1 s3.Bucket
`,
    );
  });

  test("every resource stands on its line, sorted by type and name", () => {
    expect(renderTree(resources, { detail: "resources", paint: plainPaint })).toBe(
      `├─ networking.Vpc main
│  ├─ ec2.Subnet a
│  ├─ ec2.Subnet b
│  └─ ec2.Vpc main  (protected)
└─ s3.Bucket logs
`,
    );
  });

  test("with inputs, marked ones say so and providers are shown too", () => {
    const text = renderTree(resources, {
      detail: "inputs",
      paint: plainPaint,
      inputRemarkOf: ({ name }, path) => (name === "main" && path === "tags.Name" ? "planned" : ""),
    });
    expect(text).toContain(`│  └─ ec2.Vpc main  (protected)
│          cidrBlock: "10.0.0.0/16"
│          tags:
│            Name: "main"  (planned)
│          zones: []
`);
    expect(text).toContain("providers.aws aws");
  });

  test("a resource whose parent is not in the preview is not lost", () => {
    const orphan = resource("network", "aws:s3/bucket:Bucket", "orphan", { parent: "urn:gone" });
    expect(renderTree([orphan], { detail: "resources", paint: plainPaint })).toBe(
      "└─ s3.Bucket orphan\n",
    );
  });
});

describe("treeDetail", () => {
  test("many resources collapse unless everything is asked for", () => {
    const many = Array.from({ length: 11 }, (_, index) =>
      resource("a", "aws:s3/bucket:Bucket", String(index)),
    );
    expect(treeDetail(many, false)).toBe("components");
    expect(treeDetail(many.slice(1), false)).toBe("resources");
    expect(treeDetail(many, true)).toBe("inputs");
  });
});
