import { dirname } from "node:path";

import { commandEnvironment } from "./environment.ts";

describe("commandEnvironment", () => {
  it("drops what a shell has set for the tools that are measured", () => {
    const foreign = {
      AWS_PROFILE: "x",
      NODE_OPTIONS: "x",
      PULUMI_HOME: "x",
      npm_config_cache: "x",
    };
    const environment = commandEnvironment({ ...foreign, HOME: "/home/me" });
    expect(Object.keys(environment).sort()).toEqual(["HOME", "PATH"]);
  });

  it("puts this Node first on the path, so that every contender runs on the same", () => {
    const { PATH } = commandEnvironment({ PATH: "/usr/bin" });
    expect(PATH).toBe(`${dirname(process.execPath)}:/usr/bin`);
  });

  it("keeps what the contender itself is given", () => {
    expect(commandEnvironment({}, { ATOLL_WORKERS: "1" })).toMatchObject({ ATOLL_WORKERS: "1" });
  });
});
