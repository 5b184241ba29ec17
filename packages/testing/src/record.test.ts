import * as pulumi from "@pulumi/pulumi";

import { record } from "./record.ts";

class Thing extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly size: pulumi.Output<number>;

  constructor(name: string, props: pulumi.Inputs = {}, opts: pulumi.CustomResourceOptions = {}) {
    super("test:index:Thing", name, { arn: undefined, size: undefined, ...props }, opts);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Group", name, {}, opts);
  }
}

class Provider extends pulumi.ProviderResource {
  constructor(name: string) {
    super("test", name);
  }
}

test("a resource is recorded as it was asked for", async () => {
  const { resources } = await record(() => {
    const provider = new Provider("own");
    const parent = new Group("group", { provider });
    const first = new Thing("first");
    const options = { parent, protect: true, retainOnDelete: true, ignoreChanges: ["size"] };
    new Thing("second", { of: first.id }, { ...options, import: "t-2", dependsOn: [parent] });
  });
  const second = resources.find(({ name }) => name === "second");

  expect(second).toEqual({
    type: "test:index:Thing",
    name: "second",
    inputs: { of: "first-id" },
    provider: expect.stringMatching(/^urn:.*::own::own-id$/) as string,
    parent: expect.stringMatching(/^urn:.*test:index:Group::group$/) as string,
    options: { protect: true, retainOnDelete: true, ignoreChanges: ["size"], import: "t-2" },
    dependencies: [expect.stringMatching(/^urn:.*test:index:Thing::first$/) as string],
    readId: "",
  });
});

test("resources are sorted by type and name, without the stack", async () => {
  const { resources } = await record(() => {
    for (const name of ["b", "a"]) {
      new Thing(name);
      new Group(name);
    }
  });

  expect(resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
    "test:index:Group a",
    "test:index:Group b",
    "test:index:Thing a",
    "test:index:Thing b",
  ]);
});

test("what is created late is waited for, though no output waits for it", async () => {
  const later = (value: string) =>
    new Promise<string>((resolve) => setTimeout(() => resolve(value), 20));
  const { resources } = await record(() => {
    const slow = new Thing("slow", { value: later("1") });
    slow.id.apply(() => new Thing("inside", { value: later("2") }));
  });

  expect(resources.map(({ name, inputs }) => [name, inputs])).toEqual([
    ["inside", { value: "2" }],
    ["slow", { value: "1" }],
  ]);
});

test("outputs are what was given, and else what is computed", async () => {
  const { outputs } = await record(
    () => {
      const { id, arn, size } = new Thing("plain");
      const given = new Thing("given", { size: 1 });
      const imported = new Thing("imported", {}, { import: "t-9" });
      return { id, arn, size, given: given.size, imported: imported.id };
    },
    {
      computed: ({ type, name, inputs }) => ({
        size: 7,
        arn: JSON.stringify([type, name, inputs]),
      }),
    },
  );

  expect(outputs).toEqual({
    id: "plain-id",
    arn: '["test:index:Thing","plain",{}]',
    size: 7,
    given: 1,
    imported: "t-9",
  });
});

test("an id can be computed too", async () => {
  const program = () => ({ id: new Thing("a").id, arn: new Thing("b").arn });
  const { outputs } = await record(program, { computed: ({ name }) => ({ id: `t-${name}` }) });

  expect(outputs).toEqual({ id: "t-a", arn: "test:index:Thing/b" });
});

test("nothing is computed for components and the stack itself", async () => {
  const computed = jest.fn(() => ({}));
  await record(() => new Thing("thing", {}, { parent: new Group("group") }).id, { computed });

  expect(computed.mock.calls).toEqual([[{ type: "test:index:Thing", name: "thing", inputs: {} }]]);
});

test("a reference is answered by the full name of its stack; one that is not there has no outputs", async () => {
  const program = () => ({
    there: new pulumi.StackReference("organization/p/there").getOutput("a"),
    gone: new pulumi.StackReference("organization/p/gone").getOutput("a"),
  });
  const { resources, outputs } = await record(program, {
    stacks: { "organization/p/there": { a: [1] } },
  });

  expect(outputs).toEqual({ there: [1], gone: undefined });
  expect(resources.map(({ readId }) => readId)).toEqual([
    "organization/p/gone",
    "organization/p/there",
  ]);
});

test("the program runs in the stack that it is told", async () => {
  const program = () => [
    pulumi.getOrganization(),
    pulumi.getProject(),
    pulumi.getStack(),
    pulumi.runtime.isDryRun(),
  ];

  expect((await record(program)).outputs).toEqual(["organization", "atoll", "recorded", false]);
  expect((await record(program, { project: "p", stack: "s", preview: true })).outputs).toEqual([
    "organization",
    "p",
    "s",
    true,
  ]);
});

test("a program's error comes back, and the next program runs", async () => {
  const broken = new TypeError("broken");
  const program = async () => {
    await Promise.resolve();
    throw broken;
  };

  await expect(record(program)).rejects.toBe(broken);
  await expect(record(() => ({ a: new Thing("a").id }))).resolves.toMatchObject({
    outputs: { a: "a-id" },
  });
});

test("a data source is refused", async () => {
  const program = () => pulumi.runtime.invoke("test:index:getThing", {});

  await expect(record(program)).rejects.toThrow("test:index:getThing");
});
