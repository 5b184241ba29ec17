/**
 * The bench programs under the SDK's own mock monitor, one account after another in one thread:
 * `node main.ts <organization file>`. What the engine's monitor is compared with.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { addressBookPath, allocationsOf, parseAddressBook } from "@atoll/networking/plan";
import type { OrganizationDefinition } from "@atoll/organization";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createAccountContent } from "../../organization/bench/account-content.ts";
import { BenchError } from "../errors.ts";

const file = resolve(process.argv[2] ?? "");
const loaded = (await import(pathToFileURL(file).href)) as { default: OrganizationDefinition };
const { organization } = loaded.default;
const { book } = parseAddressBook(readFileSync(addressBookPath(file), "utf8"));
if (organization === null || book === null) {
  throw new BenchError("BENCH_ORGANIZATION", `${file} has problems.`);
}

let registered = 0;
for (const account of organization.accounts.filter(({ kind }) => kind === "bench")) {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => {
        registered += 1;
        return { id: `${name}-id`, state: inputs as object };
      },
      call: ({ inputs }) => inputs as object,
    },
    organization.name,
    account.name,
    true,
  );
  const addresses = allocationsOf(book, account);
  await pulumi.runtime.runInPulumiStack(() => {
    const provider = new aws.Provider("aws", {
      region: organization.homeRegion,
      allowedAccountIds: [account.id ?? ""],
    });
    const outputs = createAccountContent({
      name: account.name,
      partition: organization.partition,
      vpcCidr: addresses.find(({ zoneId }) => zoneId === null)?.cidr ?? "",
      subnets: addresses.flatMap(({ zoneId, tier, cidr }) =>
        zoneId === null || tier === null ? [] : [{ zoneId, tier, cidr }],
      ),
      provider,
    });
    return Promise.resolve(outputs);
  });
}
process.stdout.write(`${registered}\n`);
