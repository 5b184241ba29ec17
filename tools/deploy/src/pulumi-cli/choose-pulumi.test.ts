import { choosePulumi } from "./choose-pulumi.ts";
import type { PulumiCandidate, PulumiFacts, PulumiFile } from "./types.ts";

const PINNED = { pulumi: "3.259.0", aws: "7.48.0" };
const OWN_HOST = "/w/tools/deploy/bin/pulumi-language-nodejs";

const nothing: PulumiFacts = {
  candidates: [],
  languageHost: null,
  providers: [],
  debugProviders: "",
};
const host = (changes: Partial<PulumiFile> = {}): PulumiFile => {
  return { file: "/usr/bin/pulumi-language-nodejs", version: "3.259.0", own: false, ...changes };
};
const official = (changes: Partial<PulumiCandidate> = {}): PulumiCandidate => {
  const file = "/usr/bin/pulumi";
  return { file, origin: "path", version: "3.259.0", languageHost: host(), ...changes };
};
const built: PulumiCandidate = {
  file: "/cache/pulumi",
  origin: "built",
  version: "3.259.0+atoll",
  languageHost: host({ file: "/cache/pulumi-language-nodejs", own: true }),
};
const choose = (target: "aws" | "sandbox" | "emulator", facts: Partial<PulumiFacts>) =>
  choosePulumi(target, { ...nothing, ...facts }, PINNED, OWN_HOST);

describe("on AWS nothing but the official programs of the pinned versions", () => {
  const candidates = [official()];
  const provider = { file: "/p/resource-aws-v7.48.0/pulumi-resource-aws", version: "7.48.0" };

  test.each<[string, Partial<PulumiFacts>, string]>([
    ["no CLI", {}, "PULUMI_CLI_MISSING"],
    [
      "a CLI that does not run",
      { candidates: [official({ version: null })] },
      "PULUMI_CLI_MISSING",
    ],
    ["only what we built for the sandbox", { candidates: [built] }, "PULUMI_CLI_MISSING"],
    [
      "what we built, put on the path",
      { candidates: [{ ...built, origin: "path" }] },
      "PULUMI_CLI_NOT_OFFICIAL",
    ],
    ["an older CLI", { candidates: [official({ version: "3.258.0" })] }, "PULUMI_CLI_VERSION"],
    ["a newer CLI", { candidates: [official({ version: "3.270.0" })] }, "PULUMI_CLI_VERSION"],
    [
      "a development build",
      { candidates: [official({ version: "3.259.0-dev.0" })] },
      "PULUMI_CLI_VERSION",
    ],
    [
      "another build of the same version",
      { candidates: [official({ version: "3.259.0+acme" })] },
      "PULUMI_CLI_VERSION",
    ],
    [
      "an older CLI before what we built",
      { candidates: [official({ version: "3.1.0" }), built] },
      "PULUMI_CLI_VERSION",
    ],
    [
      "no language host",
      { candidates: [official({ languageHost: null })] },
      "PULUMI_LANGUAGE_HOST",
    ],
    [
      "our language host beside the CLI",
      { candidates: [official({ languageHost: host({ own: true }) })] },
      "PULUMI_LANGUAGE_HOST",
    ],
    [
      "a language host of another version on the path",
      { candidates: [official({ languageHost: null })], languageHost: host({ version: "3.1.0" }) },
      "PULUMI_LANGUAGE_HOST",
    ],
    [
      "a language host that does not say its version",
      { candidates: [official({ languageHost: null })], languageHost: host({ version: null }) },
      "PULUMI_LANGUAGE_HOST",
    ],
    [
      "the sandbox as the provider",
      { candidates, providers: [{ ...provider, own: true }] },
      "PULUMI_PROVIDER_NOT_OFFICIAL",
    ],
    [
      "a provider on the path",
      { candidates, providers: [{ file: "/b/pulumi-resource-aws", version: null, own: false }] },
      "PULUMI_PROVIDER_NOT_OFFICIAL",
    ],
    [
      "a provider that is attached to",
      { candidates, debugProviders: "random:1234,aws:4321" },
      "PULUMI_PROVIDER_NOT_OFFICIAL",
    ],
  ])("%s is refused, with what was got, expected, and to do", (_name, facts, code) => {
    const choice = choose("aws", facts);
    expect(choice).toMatchObject({ status: "refused", problem: { code, severity: "error" } });
    if (choice.status !== "refused") return;
    expect(choice.problem.expected).toMatch(/3\.259\.0|7\.48\.0/);
    expect(choice.problem.fix).not.toBe("");
  });

  test.each<[string, Partial<PulumiFacts>]>([
    ["no provider yet: Pulumi installs it", { candidates }],
    ["the provider installed", { candidates, providers: [{ ...provider, own: false }] }],
    [
      "a language host on the path",
      { candidates: [official({ languageHost: null })], languageHost: host() },
    ],
    ["another provider that is attached to", { candidates, debugProviders: "awsx:1234" }],
    [
      "a wrong one on the path, the right one downloaded",
      {
        candidates: [official({ version: "3.1.0" }), official({ origin: "downloaded" })],
      },
    ],
  ])("%s", (_name, facts) => {
    const choice = choose("aws", facts);
    expect(choice).toMatchObject({ status: "found", pulumi: { version: "3.259.0" } });
    expect(choice).toMatchObject({ pulumi: { ownLanguageHost: false } });
  });
});

describe("in the sandbox the first of the pinned version", () => {
  test.each<[string, readonly PulumiCandidate[], string | null]>([
    ["nothing there: one is made", [], null],
    ["only another version: one is made", [official({ version: "3.1.0" })], null],
    ["one that does not run: one is made", [{ ...built, version: null }], null],
    ["the official one comes before ours", [official(), built], "/usr/bin/pulumi"],
    ["another version is passed over", [official({ version: "3.1.0" }), built], "/cache/pulumi"],
  ])("%s", (_name, candidates, file) => {
    const choice = choose("sandbox", { candidates });
    if (file === null) expect(choice.status).toBe("make");
    else expect(choice).toMatchObject({ status: "found", pulumi: { file } });
  });

  test("what is passed over is told with its reason", () => {
    const choice = choose("sandbox", { candidates: [official({ version: "3.1.0" })] });
    expect(choice).toMatchObject({
      steps: [{ text: expect.stringContaining("3.1.0"), reason: "version 3.259.0 is needed" }],
    });
  });

  test.each<[string, PulumiFile | null, string]>([
    ["comes with the CLI", host(), host().file],
    ["is missing: ours", null, OWN_HOST],
    ["is the link to ours that lies beside what we built", built.languageHost, OWN_HOST],
  ])("the language host %s", (_name, languageHost, file) => {
    const choice = choose("sandbox", { candidates: [official({ languageHost })] });
    expect(choice).toMatchObject({
      pulumi: { languageHost: file, ownLanguageHost: file === OWN_HOST },
    });
  });

  test("the provider on the machine does not matter, and an emulator has the official one", () => {
    const facts = { candidates: [official()], providers: [{ ...host(), own: true }] };
    expect(choose("sandbox", facts).status).toBe("found");
    const code = "PULUMI_PROVIDER_NOT_OFFICIAL";
    expect(choose("emulator", facts)).toMatchObject({ status: "refused", problem: { code } });
    const aboutProvider = (target: "sandbox" | "emulator") => {
      const choice = choose(target, { candidates: [official()] });
      if (choice.status !== "found") return "";
      return choice.pulumi.steps.find(({ about }) => about === "provider")?.text;
    };
    expect(aboutProvider("sandbox")).toContain("sandbox");
    expect(aboutProvider("emulator")).toContain("7.48.0");
  });
});
