import { DeployedOrganization } from "../testing/deployed-organization.ts";
import { isWhole } from "./defects.ts";
import { describeKill, drawKill, VICTIMS, type KillPlan, type Victim } from "./kill-plan.ts";
import type { KillResult } from "./kill-result.ts";
import { Random } from "./random.ts";
import { settle, survive } from "./survive.ts";

/** One thing that is brought up, and how often that is cut short. */
interface Step {
  readonly name: string;
  readonly kills: number;
  /** Changes on disk that a run makes between two kills, at most. */
  readonly most: number;
  readonly change: (organization: DeployedOrganization) => Promise<void> | void;
}

/** What is brought up in a round: ten kills. */
const STEPS: readonly Step[] = [
  { name: "six new accounts", kills: 6, most: 150, change: () => undefined },
  { name: "a second region", kills: 2, most: 80, change: addRegion },
  { name: "a replacement", kills: 2, most: 12, change: replaceGroups },
];

/** Kills in a round. */
export const KILLS_A_ROUND = STEPS.reduce((sum, { kills }) => sum + kills, 0);

/**
 * Brings the six reference accounts up, gives one of them another region, and has a security group of each workload
 * replaced; all of it is cut short by kills, one after another. At the end the engine finds nothing to change. Ends at the
 * first thing that goes wrong.
 *
 * @param seed a whole number; the round is the same for the same seed, as far as moments are
 */
export async function killReference(
  seed: number,
  onResult: (result: KillResult) => void,
): Promise<void> {
  const organization = DeployedOrganization.reference();
  const random = new Random(seed);
  try {
    let drawn = seed;
    for (const step of STEPS) {
      const plans = Array.from({ length: step.kills }, () => {
        drawn += 1;
        return drawKill(random, VICTIMS[drawn % VICTIMS.length] ?? "atoll", step.most);
      });
      const result = await cutShort(organization, step, plans, seed);
      onResult(result);
      if (result.problem !== null) return;
    }
  } finally {
    organization.remove();
  }
}

async function cutShort(
  organization: DeployedOrganization,
  { name, change }: Step,
  plans: readonly KillPlan[],
  seed: number,
): Promise<KillResult> {
  const started = performance.now();
  const kills = plans.map((plan) => `${name}: ${describeKill(plan)}`);
  let victims: readonly Victim[] = [];
  let problem: string | null = null;
  try {
    await change(organization);
    const { killed, defects } = await survive(organization, plans);
    victims = killed.map(({ victim }) => victim);
    if (!isWhole(defects)) problem = JSON.stringify(defects, null, 2);
    else await settle(organization);
  } catch (error) {
    problem = String(error);
  }
  return { seed, kills, victims, milliseconds: Math.round(performance.now() - started), problem };
}

async function addRegion(organization: DeployedOrganization): Promise<void> {
  const both = 'regions: ["eu-west-1", "eu-central-1"],';
  organization.edit("organization.ts", (text) =>
    text
      .replace('homeRegion: "eu-west-1",', `homeRegion: "eu-west-1",\n  ${both}`)
      .replace('kind: "network",', `kind: "network",\n      ${both}`),
  );
  const { exitCode, err } = await organization.run("addresses", "allocate");
  if (exitCode !== 0) throw new TypeError(err);
}

function replaceGroups(organization: DeployedOrganization): void {
  organization.overrideProgram("workload", (text) =>
    text.replace("HTTPS from the network account's shared services", "HTTPS from elsewhere"),
  );
}
