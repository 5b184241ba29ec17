import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { Contender } from "./alternate.ts";
import { measure } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { assertContent, countTypes } from "./content.ts";
import type { TypeCounts } from "./content.ts";
import { preparePeer } from "./peers.ts";

/** Peer 1: AWS CDK synthesizing the bench content in one process. */
export interface CdkPeer {
  /** A contender of that many accounts; `env` goes to its process. */
  readonly contender: (
    accounts: number,
    name: string,
    label: string,
    env?: Readonly<Record<string, string>>,
  ) => Contender;
  /** Makes sure that the last run of a contender wrote what it is compared for. */
  readonly assertContent: (contender: Contender) => void;
}

const TEMPLATE = ".template.json";

/** Installs peer 1 where it is missing. */
export async function cdkPeer(bench: Bench): Promise<CdkPeer> {
  const folder = join(bench.scratch.folder, "peers", "cdk");
  if (!existsSync(folder)) {
    await preparePeer("cdk", folder, bench.environment, bench.progress);
  }
  const output = (name: string) => join(folder, `${name}.out`);
  return {
    contender: (accounts, name, label, env = {}) => ({
      name,
      label,
      accounts,
      before: () => {
        rmSync(output(name), { recursive: true, force: true });
      },
      run: (sampleMemory) =>
        measure(
          bench,
          {
            name,
            words: [process.execPath, "app.cjs", String(accounts), output(name)],
            cwd: folder,
            env,
          },
          sampleMemory,
        ),
    }),
    assertContent: ({ name, accounts }) => {
      assertContent(name, readTemplates(output(name)), accounts, "cloudFormation");
    },
  };
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

function readTemplates(folder: string): Readonly<Record<string, TypeCounts>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(TEMPLATE));
  return Object.fromEntries(
    files.map((file) => {
      const template = JSON.parse(readFileSync(join(folder, file), "utf8")) as Template;
      const types = Object.values(template.Resources).map(({ Type }) => Type);
      return [file.slice(0, -TEMPLATE.length), countTypes(types)];
    }),
  );
}
