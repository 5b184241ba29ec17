import type { DeployedOrganization } from "../testing/deployed-organization.ts";
import { setShape, twoAccounts } from "../testing/two-accounts.ts";
import { isWhole } from "./defects.ts";
import { describeKill, drawKill, VICTIMS, type KillPlan } from "./kill-plan.ts";
import type { KillResult } from "./kill-result.ts";
import { Random } from "./random.ts";
import { settle, survive } from "./survive.ts";

/**
 * The shapes of the fixture's network one after another: a round in which each of the four follows each other one, so that
 * every seed has its own change.
 */
const SHAPES = [0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3] as const;

/** Changes on disk, and calls to AWS, that bringing a shape up takes at most. */
const MOST_CHANGES = 24;

/**
 * Kills one run after another on one small organization: each seed brings up another shape, which its kills cut short. Ends
 * at the first thing that goes wrong.
 *
 * @param seeds whole numbers in a row; a seed alone does the same
 */
export async function killSmall(
  seeds: readonly number[],
  onResult: (result: KillResult) => void,
): Promise<void> {
  const [first] = seeds;
  if (first === undefined) return;
  const organization = twoAccounts();
  try {
    setShape(organization, shapeOf(first - 1));
    await settle(organization);
    for (const seed of seeds) {
      const result = await killOnce(organization, seed);
      onResult(result);
      if (result.problem !== null) return;
    }
  } finally {
    organization.remove();
  }
}

async function killOnce(organization: DeployedOrganization, seed: number): Promise<KillResult> {
  const plans = drawKills(seed);
  const base = { seed, kills: plans.map(describeKill) };
  try {
    setShape(organization, shapeOf(seed));
    const { killed, defects, milliseconds } = await survive(organization, plans);
    // Each of a few takes the time to ask the engine about everything.
    if (seed % 10 === 0) await settle(organization);
    const problem = isWhole(defects) ? null : JSON.stringify(defects, null, 2);
    return { ...base, victims: killed.map(({ victim }) => victim), milliseconds, problem };
  } catch (error) {
    return { ...base, victims: [], milliseconds: 0, problem: String(error) };
  }
}

/** One kill for each seed, each kind in turn; with some, the run that takes it up again is killed too. */
function drawKills(seed: number): readonly KillPlan[] {
  const random = new Random(seed);
  const victim = VICTIMS[seed % VICTIMS.length] ?? "atoll";
  const first = drawKill(random, victim, MOST_CHANGES);
  if (!random.chance(0.2)) return [first];
  return [first, drawKill(random, random.pick(VICTIMS), MOST_CHANGES)];
}

function shapeOf(seed: number): number {
  return SHAPES[((seed % SHAPES.length) + SHAPES.length) % SHAPES.length] ?? 0;
}
