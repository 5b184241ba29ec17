// One configuration for every package: `jest --config <root>/jest.config.mjs --rootDir <package>`.
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/fixtures/"],
  transform: {
    "\\.m?[jt]s$": [
      "@swc/jest",
      {
        jsc: { target: "es2024", parser: { syntax: "typescript" } },
        module: { type: "commonjs" },
      },
    ],
  },
  // Dependencies that ship ES modules alone are transformed too.
  transformIgnorePatterns: ["/node_modules/(?!(cidr-tools|ip-bigint|ip-regex)/)"],
  maxWorkers: 1,
};
