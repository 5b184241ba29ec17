/** Stands where a secret was. */
const HIDDEN = "[secret]";

/** Shorter ones would take words and numbers out of every sentence. */
const SHORTEST = 4;

/**
 * Makes a function that takes secrets out of texts for logs, reports and the run ledger: as they are, as JSON writes
 * them, as an address does, and each line of those that have several. Secrets of fewer than 4 characters are let be.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/u)]).flatMap(writings);
  // The longest first: a secret may be part of another.
  const hidden = [...new Set(forms)]
    .filter((form) => form.trim().length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return (text) => hidden.reduce((redacted, form) => redacted.replaceAll(form, HIDDEN), text);
}

function writings(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString("base64");
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    base64,
  ];
}
