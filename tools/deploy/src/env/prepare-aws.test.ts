import { mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { prepareAws } from "./prepare-aws.ts";

test("the official programs and Node come first on the path, and nothing else is made or set", () => {
  const root = mkdtempSync(join(tmpdir(), "atoll-aws-"));
  const prepare = (file: string) =>
    prepareAws({
      root,
      organization: "acme",
      organizationFile: "/orgs/acme.ts",
      pulumi: {
        file,
        version: "3.259.0",
        origin: "path",
        languageHost: `${file}-language-nodejs`,
        ownLanguageHost: false,
        bundled: true,
        steps: [],
      },
      env: { PATH: "/usr/bin", PULUMI_HOME: "/home/user/.pulumi" },
    });
  prepare("/opt/old/pulumi");
  const variables = prepare("/opt/pulumi/pulumi");
  const bin = join(root, ".atoll/acme/aws-bin");
  expect(variables["PATH"]).toBe(`${bin}:/usr/bin`);
  expect(variables).not.toHaveProperty("PULUMI_HOME");
  expect(readdirSync(join(root, ".atoll/acme"))).toEqual(["aws-bin"]);
  const links = Object.fromEntries(
    readdirSync(bin).map((name) => [name, readlinkSync(join(bin, name))]),
  );
  expect(links).toEqual({
    node: process.execPath,
    pulumi: "/opt/pulumi/pulumi",
    "pulumi-language-nodejs": "/opt/pulumi/pulumi-language-nodejs",
  });
  rmSync(root, { recursive: true });
});
