import { typesInUse } from "../types-in-use.ts";
import { UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import type { Reference } from "./row.ts";
import { CLOUD_ROWS } from "./rows.ts";
import { EXAMPLES, madeBefore } from "./testing/examples.ts";
import { seeded, World } from "./testing/world.ts";
import { ACCOUNT, KEY, ORGANIZATION, POLICY_ATTACHMENT, REGION } from "./type-names.ts";

/** What the provider's source, or AWS, leaves behind when a resource is deleted: see the rows. */
const STAYS: readonly string[] = [
  ACCOUNT,
  KEY,
  REGION,
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/defaultVpc:DefaultVpc",
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
  "aws:s3/bucketVersioning:BucketVersioning",
];

const MADE = EXAMPLES.filter(({ type }) => type !== ORGANIZATION);

test("there is an example of every type in use", () => {
  const types = EXAMPLES.map(({ type }) => type).sort();
  expect(types.filter((type) => typesInUse().includes(type))).toEqual(typesInUse());
});

test.each(MADE.map(({ type }) => type))("%s is made, read and taken away again", (type) => {
  const world = new World();
  const made = madeBefore(type, world);
  const before = world.text();
  const example = EXAMPLES.find((one) => one.type === type);
  const resource = world.create(type, example?.inputs(made, world) ?? {});

  const read = world.read(type, resource.id);
  expect(read.id).toBe(resource.id);
  expect(read.outputs).toMatchObject(example?.inputs(made, world) ?? {});
  expect(unknownsIn(read.outputs)).toEqual([]);

  expect(world.remove(resource)).toEqual([]);
  expect([type, world.text() === before]).toEqual([type, !STAYS.includes(type)]);
  if (STAYS.includes(type)) expect(CLOUD_ROWS[type]?.removal?.text).toBeDefined();
});

test("everything of a world goes in the reverse order of its making, and nothing in that order's own start", () => {
  const world = new World();
  const made = [...madeBefore(ORGANIZATION, world).values()];
  for (const resource of made.toReversed()) {
    expect([resource.type, world.remove(resource)]).toEqual([resource.type, []]);
  }
  const kept = new Set(seeded().map(({ type, id }) => `${type} ${id}`));
  const left = world.cloud.all().filter(({ type, id }) => !kept.has(`${type} ${id}`));
  expect(left.map(({ type }) => type).sort()).toEqual(
    [
      ACCOUNT,
      // AWS's own, of the account that is closed.
      POLICY_ATTACHMENT,
      KEY,
      REGION,
      "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    ].sort(),
  );
});

/** Every reference of a type in use that is an input, one to a row. */
const REFERENCES = typesInUse().flatMap((type): readonly [string, Reference][] => {
  const references = CLOUD_ROWS[type]?.references ?? "none";
  if (references === "none") return [];
  return references.filter(isInput(type)).map((reference) => [type, reference]);
});

function isInput(type: string) {
  return ({ path }: Reference): boolean =>
    // What a default resource is known by is an output.
    !(path === "vpcId" && /default(?:NetworkAcl|RouteTable):/.test(type));
}

test("every type that refers to something has a reference to try", () => {
  const withReferences = typesInUse().filter((type) => CLOUD_ROWS[type]?.references !== "none");
  expect([...new Set(REFERENCES.map(([type]) => type))]).toEqual(withReferences);
});

test.each(REFERENCES.map(([type, reference]) => [type, reference.path, reference] as const))(
  "%s: a bad %s is refused where everything is known, changes nothing, and passes where not",
  (type, path, reference) => {
    const bad = badValue(reference);
    const world = new World();
    const before = world.text();
    const at = path.replaceAll("[]", "[0]");
    expect(
      world.refused(type, at.startsWith("region") ? {} : inputsWith(path, bad)),
    ).toContainEqual([reference.code, at]);
    expect(world.text()).toBe(before);

    const alone = new World({ complete: false }, []);
    expect(alone.refused(type, inputsWith(path, bad)).filter(([, where]) => where === at)).toEqual(
      [],
    );
  },
);

test.each(REFERENCES.map(([type, reference]) => [type, reference.path] as const))(
  "%s: a %s that is not known yet is never held against",
  (type, path) => {
    const at = path.replaceAll("[]", "[0]");
    const refused = new World().refused(type, inputsWith(path, UNKNOWN));
    expect(refused.filter(([, where]) => where === at)).toEqual([]);
  },
);

/** A text that could name such a thing, and names none. */
function badValue({ except }: Reference): string {
  const candidates = ["missing", "igw-00000000000000000", "arn:aws:iam::999999999999:role/missing"];
  const bad = candidates.find((text) => !(except?.test(text) ?? false));
  if (bad === undefined) throw new TypeError("no value is bad enough");
  return bad;
}

function inputsWith(path: string, value: PlainValue): PlainRecord {
  const [step = "", ...rest] = path.split(".");
  const inner = rest.length === 0 ? value : inputsWith(rest.join("."), value);
  return step.endsWith("[]") ? { [step.slice(0, -2)]: [inner] } : { [step]: inner };
}

/** Outputs at the top that nothing could be said of. */
function unknownsIn(outputs: PlainRecord): readonly string[] {
  return Object.keys(outputs).filter((name) => outputs[name] === UNKNOWN);
}
