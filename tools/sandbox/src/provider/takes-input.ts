import type { AwsModel, PlainValue } from "@atoll/aws-model";

const answers = new WeakMap<AwsModel, Map<string, boolean>>();

/** No kind of input takes both of them. */
const PROBES: readonly PlainValue[] = [[], {}];

/** Whether a type has an input of that name. Outputs that are none pass the model's check whatever they hold. */
export function takesInput(type: string, name: string, model: AwsModel): boolean {
  const known = answers.get(model) ?? new Map<string, boolean>();
  answers.set(model, known);
  const key = `${type} ${name}`;
  const answer = known.get(key);
  if (answer !== undefined) return answer;
  const scope = { partition: "aws", accountId: "000000000000", region: "us-east-1" } as const;
  const found = PROBES.some((probe) =>
    model
      .check(type, { [name]: probe }, scope)
      .some(({ code, path }) => path === name && code === "WRONG_TYPE"),
  );
  known.set(key, found);
  return found;
}
