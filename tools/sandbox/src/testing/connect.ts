import { providerHandlers } from "../rpc/handlers.ts";
import { createSandbox } from "../sandbox.ts";
import { testOrganization } from "./organization.ts";
import { ProtocolClient, providerInputs } from "./protocol-client.ts";

/** A client of a sandbox's provider, in process, for one stack of an account. */
export async function connect(
  folder: string,
  account: "management" | "network" = "network",
  options: { readonly faults?: string; readonly stack?: string } = {},
): Promise<ProtocolClient> {
  const env = {
    ATOLL_SANDBOX: folder,
    ...(options.faults === undefined ? {} : { ATOLL_SANDBOX_FAULTS: options.faults }),
  };
  const notices: string[] = [];
  const handlers = providerHandlers(createSandbox(env, (line) => notices.push(line)));
  const client = new ProtocolClient(handlers, options.stack ?? account);
  const { deployRoleName } = testOrganization();
  const id = account === "management" ? "111111111111" : "333333333333";
  await client.configure(providerInputs(id, {}, deployRoleName));
  return client;
}
