import { pulumiEnvironment } from "./pulumi-environment.ts";
import type { DeployTarget, FoundPulumi } from "../pulumi-cli/types.ts";

const pulumi: FoundPulumi = {
  file: "/usr/bin/pulumi",
  version: "3.259.0",
  origin: "path",
  languageHost: "/usr/bin/pulumi-language-nodejs",
  ownLanguageHost: false,
  bundled: true,
  steps: [],
};
const environment = (
  target: DeployTarget,
  env: Readonly<Record<string, string>> = {},
  changes: Partial<FoundPulumi> = {},
) =>
  pulumiEnvironment({
    target,
    root: "/my work",
    organization: "acme",
    organizationFile: "/orgs/acme.ts",
    pulumi: { ...pulumi, ...changes },
    env,
  });

test.each<DeployTarget>(["aws", "emulator"])(
  "for %s neither home, backend, passphrase nor planned values are set: they are the user's",
  (target) => {
    expect(Object.keys(environment(target)).sort()).toEqual([
      "ATOLL_ORGANIZATION",
      "ATOLL_TARGET",
      "NODE_COMPILE_CACHE",
      "PATH",
      "PULUMI_SKIP_UPDATE_CHECK",
    ]);
  },
);

test("everything of the sandbox is in the organization's own folder, its backend a proper URL", () => {
  const variables = environment("sandbox");
  expect(variables).toMatchObject({
    ATOLL_SANDBOX: "/my work/.atoll/acme/sandbox",
    ATOLL_PLANNED: "/my work/.atoll/acme/planned.json",
    PULUMI_HOME: "/my work/.atoll/acme/pulumi-home",
    PULUMI_BACKEND_URL: "file:///my%20work/.atoll/acme/backend",
    PULUMI_CONFIG_PASSPHRASE: "atoll-sandbox",
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
  });
  expect(variables).not.toHaveProperty("ATOLL_LANGUAGE_HOST");
});

test.each(["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"])(
  "a %s of the user's stays, an empty one too",
  (name) => {
    expect(environment("sandbox", { [name]: "" })).not.toHaveProperty("PULUMI_CONFIG_PASSPHRASE");
  },
);

test("evaluated twice, the folder is on the path once, and first", () => {
  const once = environment("sandbox", { PATH: "/usr/bin:/bin" });
  expect(once["PATH"]).toBe("/my work/.atoll/acme/bin:/usr/bin:/bin");
  expect(environment("sandbox", once)["PATH"]).toBe(once["PATH"]);
});

test("our language host is named for the link to it; without that link it has to be on the path", () => {
  const own = { languageHost: "/w/host", ownLanguageHost: true };
  expect(environment("sandbox", {}, own)).toMatchObject({ ATOLL_LANGUAGE_HOST: "/w/host" });
  const unbundled = environment("sandbox", {}, { ...own, bundled: false });
  expect(unbundled).not.toHaveProperty("PULUMI_IGNORE_AMBIENT_PLUGINS");
});
