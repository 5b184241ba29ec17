import type { WireRecord, WireValue } from "../rpc/values.ts";
import type { Known, ProtocolClient } from "./protocol-client.ts";
import { worldOf, type Change, type None, type TypeRow, type World } from "./rows/row.ts";

/** What of a row a provider got wrong; each names one of its aspects. */
export type Miss = `${"adds" | "computed" | "replaces" | "keeps" | "refuses"}: ${string}`;

/** Holds a provider against a row: nothing where it answers as the row says. */
export async function verifyRow(row: TypeRow, client: ProtocolClient): Promise<readonly Miss[]> {
  const world = worldOf(client);
  const inputs = await row.inputs(world);
  const misses: Miss[] = [];
  // First, while nothing of that name is there yet.
  if (!isNone(row.refuses)) {
    const { code, inputs: bad } = row.refuses;
    const said = await failureOf(client.create(row.type, "refused", { ...inputs, ...bad }));
    if (!said.includes(`api error ${code}:`)) misses.push(`refuses: ${said}`);
  }
  const made = await madeOf(row, client, inputs);
  misses.push(...verifyOutputs(row, made), ...(await verifyChanges(row, made, inputs, world)));
  return misses;
}

async function madeOf(
  { type, importId }: TypeRow,
  client: ProtocolClient,
  inputs: WireRecord,
): Promise<Known> {
  if (importId === undefined) return client.create(type, "subject", inputs);
  const asked = { urn: client.urn(type, "subject"), id: importId, inputs: {}, outputs: {} };
  return (await client.read(asked)) ?? asked;
}

function verifyOutputs({ adds, computed }: TypeRow, made: Known): readonly Miss[] {
  const outputs: WireRecord = { ...made.outputs, id: made.id };
  const missing = isNone(adds)
    ? []
    : Object.entries(adds).filter(([name, value]) => !isSame(outputs[name], value));
  const other = isNone(computed)
    ? []
    : Object.entries(computed).filter(([name, form]) => !form.test(asText(outputs[name])));
  return [
    ...missing.map(([name]): Miss => `adds: ${name} is ${asText(outputs[name])}`),
    ...other.map(([name]): Miss => `computed: ${name} is ${asText(outputs[name])}`),
  ];
}

async function verifyChanges(
  row: TypeRow,
  made: Known,
  inputs: WireRecord,
  world: World,
): Promise<readonly Miss[]> {
  const misses: Miss[] = [];
  const { client } = world;
  if (!isNone(row.replaces)) {
    const news = { ...inputs, ...(await changed(row.replaces, world)) };
    const { replaces } = await client.diff(made, news);
    if (replaces.length === 0) misses.push("replaces: it would be changed in place");
  }
  if (!isNone(row.keeps)) {
    const news = { ...inputs, ...(await changed(row.keeps, world)) };
    const { changes, replaces } = await client.diff(made, news);
    if (!changes) misses.push("keeps: no change is seen");
    if (replaces.length > 0) misses.push(`keeps: ${replaces.join(", ")} would replace it`);
  }
  return misses;
}

async function changed(change: Change, world: World): Promise<WireRecord> {
  return typeof change === "function" ? change(world) : change;
}

async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "it was made";
  } catch (error) {
    return (error as Error).message;
  }
}

/** True where a row says that there is none. */
export function isNone(value: object): value is None {
  return "none" in value;
}

function isSame(a: WireValue | undefined, b: WireValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function asText(value: WireValue | undefined): string {
  if (value === undefined) return "absent";
  return typeof value === "string" ? value : JSON.stringify(value);
}
