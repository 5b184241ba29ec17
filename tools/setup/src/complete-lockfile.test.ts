import { completeLockfile } from "./complete-lockfile.mjs";

const swc = {
  version: "1.0.0",
  optionalDependencies: {
    "@swc/core-darwin-arm64": "1.0.0",
    "@swc/core-linux-arm-gnueabihf": "1.0.0",
    "@swc/core-linux-x64-musl": "1.0.0",
    "@swc/core-win32-x64-msvc": "1.0.0",
    "@swc/helpers": "1.0.0",
    "fsevents-darwin-x64": "^2.3.0",
  },
};

test("packages for other machines are added with the machine they are for, and nothing else is", () => {
  const present = { version: "1.0.0", optional: true, integrity: "sha512-x" };
  const packages = {
    "node_modules/@swc/core": swc,
    "node_modules/@swc/core-linux-x64-musl": present,
    "node_modules/zod": { version: "4.0.0" },
  };

  const { completed, added } = completeLockfile({ packages });

  expect(added).toEqual([
    "node_modules/@swc/core-darwin-arm64",
    "node_modules/@swc/core-linux-arm-gnueabihf",
    "node_modules/@swc/core-win32-x64-msvc",
  ]);
  expect(completed.packages).toEqual({
    ...packages,
    "node_modules/@swc/core-darwin-arm64": {
      version: "1.0.0",
      optional: true,
      cpu: ["arm64"],
      os: ["darwin"],
    },
    "node_modules/@swc/core-linux-arm-gnueabihf": {
      version: "1.0.0",
      optional: true,
      cpu: ["arm"],
      os: ["linux"],
    },
    "node_modules/@swc/core-win32-x64-msvc": {
      version: "1.0.0",
      optional: true,
      cpu: ["x64"],
      os: ["win32"],
    },
  });
  expect(Object.keys(completed.packages)).toEqual(Object.keys(completed.packages).sort());
});

test("a musl package is for musl alone", () => {
  const packages = {
    "node_modules/x": { optionalDependencies: { "@x/linux-riscv64-musl": "1.0.0" } },
  };
  expect(completeLockfile({ packages }).completed.packages).toMatchObject({
    "node_modules/@x/linux-riscv64-musl": { cpu: ["riscv64"], libc: ["musl"], os: ["linux"] },
  });
});

test("a complete lockfile stays as it is, and one that has an entry further down too", () => {
  const packages = {
    "node_modules/x": { optionalDependencies: { "@x/darwin-arm64": "1.0.0" } },
    "node_modules/x/node_modules/@x/darwin-arm64": { version: "1.0.0", optional: true },
  };
  expect(completeLockfile({ packages }).added).toEqual([]);
});
