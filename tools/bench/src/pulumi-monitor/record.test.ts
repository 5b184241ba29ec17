import { Recorder } from "./record.ts";

function register(recorder: Recorder, stack: string): string {
  return recorder.register("pulumi:pulumi:Stack", `bench-project-${stack}`, "").urn;
}

describe("Recorder", () => {
  it("counts resources by the stack that their parent is in", () => {
    const recorder = new Recorder("bench-project");
    const one = register(recorder, "one");
    const two = register(recorder, "two");
    recorder.register("aws:ec2/vpc:Vpc", "vpc", one);
    recorder.register("aws:ec2/subnet:Subnet", "a", two);
    recorder.register("aws:ec2/subnet:Subnet", "b", two);
    expect(recorder.take().stacks).toEqual({
      one: { types: { "aws:ec2/vpc:Vpc": 1 }, outputs: {} },
      two: { types: { "aws:ec2/subnet:Subnet": 2 }, outputs: {} },
    });
  });

  it("gives every resource a URN and an id of its own", () => {
    const recorder = new Recorder("bench-project");
    const stack = register(recorder, "one");
    const first = recorder.register("aws:ec2/vpc:Vpc", "a", stack);
    const second = recorder.register("aws:ec2/subnet:Subnet", "a", stack);
    expect(first.urn).toBe("urn:pulumi:one::bench-project::aws:ec2/vpc:Vpc::a");
    expect(new Set([first.urn, second.urn, first.id, second.id]).size).toBe(4);
  });

  it("keeps a stack's outputs that are text, and forgets all once handed over", () => {
    const recorder = new Recorder("bench-project");
    recorder.complete(register(recorder, "one"), { compiledBy: "ts-node", count: 3 });
    recorder.message("careful");
    expect(recorder.take()).toEqual({
      stacks: { one: { types: {}, outputs: { compiledBy: "ts-node" } } },
      messages: ["careful"],
    });
    expect(recorder.take()).toEqual({ stacks: {}, messages: [] });
  });
});
