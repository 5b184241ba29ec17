import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { credentials, status, type ServiceError } from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";

import { languageHostVersion } from "../pulumi-cli/language-host-version.ts";
import { ownScript } from "../pulumi-cli/marks.ts";
import { pinnedVersions } from "../pulumi-cli/pinned-versions.ts";

const HOST = resolve(import.meta.dirname, "../../bin/pulumi-language-nodejs");

let folder: string;
let host: ChildProcess;
let client: InstanceType<typeof languageGrpc.LanguageRuntimeClient>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "atoll-pack-"));
  host = spawn(HOST, ["127.0.0.1:1"]);
  const port = await new Promise((settle) => host.stdout?.once("data", settle));
  client = new languageGrpc.LanguageRuntimeClient(
    `127.0.0.1:${String(port).trim()}`,
    credentials.createInsecure(),
  );
});

afterEach(() => {
  client.close();
  host.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** Runs a plugin to its end: what it wrote, and its exit code or the error. */
function runPlugin(kind: string): Promise<{ out: string; err: string; end: unknown }> {
  const request = new language.RunPluginRequest();
  const info = new language.ProgramInfo();
  info.setProgramDirectory(folder);
  request.setInfo(info);
  request.setKind(kind);
  request.setArgsList(["127.0.0.1:1", "."]);
  request.setEnvList(["COLOUR=a=b"]);
  const call = client.runPlugin(request);
  return new Promise((settle) => {
    const run = { out: "", err: "", end: null as unknown };
    call.on("data", (part: InstanceType<typeof language.RunPluginResponse>) => {
      run.out += Buffer.from(part.getStdout_asU8()).toString();
      run.err += Buffer.from(part.getStderr_asU8()).toString();
      if (part.getOutputCase() === language.RunPluginResponse.OutputCase.EXITCODE)
        run.end = part.getExitcode();
    });
    call.on("error", (error: ServiceError) => {
      settle({ ...run, end: error });
    });
    call.on("end", () => {
      settle(run);
    });
  });
}

test("a policy pack runs in its own folder, with its arguments and variables", async () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(
    resolve(import.meta.dirname, "../../../../node_modules/@pulumi"),
    join(folder, "node_modules/@pulumi"),
  );
  writeFileSync(join(folder, "package.json"), '{ "name": "pack", "version": "1.0.0" }');
  writeFileSync(
    join(folder, "index.js"),
    "console.log(process.cwd(), process.env.COLOUR); console.error('aside'); process.exitCode = 7;",
  );
  const run = await runPlugin("analyzer");
  expect(run).toMatchObject({ out: `${folder} a=b\n`, end: 7 });
  expect(run.err).toContain("aside");
});

test("without the SDK a pack is refused with what to do", async () => {
  const { end } = await runPlugin("analyzer");
  expect(end).toMatchObject({ details: expect.stringContaining("npm ci") });
});

test("another kind of plugin is refused, not run", async () => {
  const { end } = await runPlugin("resource");
  expect(end).toMatchObject({
    code: status.UNIMPLEMENTED,
    details: expect.stringContaining('"resource"'),
  });
});

test("installing dependencies is refused with what to do instead", async () => {
  const call = client.installDependencies(new language.InstallDependenciesRequest());
  const error = await new Promise((settle) => call.on("error", settle).resume());
  expect(error).toMatchObject({
    code: status.UNIMPLEMENTED,
    details: expect.stringContaining("npm ci"),
  });
});

test("it says the SDK's version, and that it is not official", async () => {
  await expect(languageHostVersion(HOST, process.env)).resolves.toBe(
    `${pinnedVersions().pulumi}+atoll`,
  );
  expect(ownScript(HOST)).toBe("language-host");
});

test("what is no language host has no version", async () => {
  await expect(languageHostVersion("/bin/false", process.env)).resolves.toBeNull();
  await expect(languageHostVersion(join(folder, "nothing"), process.env)).resolves.toBeNull();
});
