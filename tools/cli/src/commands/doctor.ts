import { diagnose } from "../doctor/diagnose.ts";
import { collectFacts } from "../doctor/facts.ts";
import { EXIT } from "../exit-codes.ts";
import { renderDoctor } from "../render/doctor.ts";
import type { Session } from "../session.ts";

/** Runs `atoll doctor`; the result is the exit code: 1 when something needed is missing. */
export async function doctorCommand(
  session: Session,
  options: { readonly json?: true },
): Promise<number> {
  const { io } = session;
  session.doing("looking at what is installed");
  const checks = diagnose(await collectFacts(session));
  const shown = session.quiet ? checks.filter(({ status }) => status === "missing") : checks;
  if (options.json === true) io.out(`${JSON.stringify({ version: 1, checks }, null, 2)}\n`);
  else io.out(renderDoctor(shown, io.paint));
  return checks.some(({ status }) => status === "missing") ? EXIT.errors : EXIT.ok;
}
