import fc from "fast-check";

import { redactor } from "./redactor.ts";

const CANARY = 'can"ary\\ $& é+/=';

test.each([
  CANARY,
  JSON.stringify({ password: CANARY }),
  JSON.stringify(JSON.stringify({ password: CANARY })),
  `https://example.com/?p=${encodeURIComponent(CANARY)}`,
  `Authorization: Basic ${Buffer.from(CANARY).toString("base64")}`,
])("a secret is taken out of %s", (text) => {
  const redacted = redactor([CANARY])(`before ${text} after`);
  expect(redacted).not.toContain("ary");
  expect(redacted).toMatch(/^before .*\[secret\].* after$/u);
});

test("each line of a secret of several lines is taken out, as logs show them apart", () => {
  const key = "-----BEGIN-----\nfirst line of it\nsecond line of it\n-----END-----";
  expect(redactor([key])("  | second line of it")).toBe("  | [secret]");
});

test("a secret within a longer one leaves no rest of that", () => {
  expect(redactor(["secret-base", "secret-base-longer"])("secret-base-longer")).toBe("[secret]");
});

test("short and empty ones do not make texts unreadable", () => {
  expect(redactor(["", "a", "1", "   "])("a 1 b   c")).toBe("a 1 b   c");
});

test("no secret survives, wherever it stands", () => {
  const secrets = fc.array(
    fc.string({ minLength: 4 }).filter((text) => text.trim().length >= 4),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (hidden, before, after) => {
      const redact = redactor(hidden);
      for (const secret of hidden) {
        if ("[secret]".includes(secret)) continue;
        const text = redact(`${before}${secret}${after}`);
        const others = `${before}[secret]${after}`;
        if (!others.includes(secret)) expect(text).not.toContain(secret);
      }
    }),
  );
});
