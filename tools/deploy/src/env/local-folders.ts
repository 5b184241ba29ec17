import { join } from "node:path";

/** Where a sandbox keeps its things: all of it in `.atoll/<organization>`, which git ignores. Absolute paths. */
export interface LocalFolders {
  /** The folder of all the others. */
  readonly base: string;
  /** First on the path in the sandbox: `node`, and a `pulumi` that runs in `project`. */
  readonly bin: string;
  /** First on the path for AWS: `node` and the official programs. */
  readonly awsBin: string;
  /** Holds the real `pulumi` of the sandbox as `bin/pulumi`: a root for the Automation API's `PulumiCommand`. */
  readonly cli: string;
  /** Pulumi's home (`PULUMI_HOME`): its plugins and what it notes for itself. */
  readonly home: string;
  /** The state of the stacks. */
  readonly backend: string;
  /** What the sandbox's provider keeps. */
  readonly sandbox: string;
  /** The Pulumi project, with the stacks' settings. */
  readonly project: string;
  /** File of the outputs that a preview computed. */
  readonly planned: string;
}

/** The folders of an organization in a workspace. */
export function localFolders(root: string, organization: string): LocalFolders {
  const base = join(root, ".atoll", organization);
  return {
    base,
    bin: join(base, "bin"),
    awsBin: join(base, "aws-bin"),
    cli: join(base, "cli"),
    home: join(base, "pulumi-home"),
    backend: join(base, "backend"),
    sandbox: join(base, "sandbox"),
    project: join(base, "project"),
    planned: join(base, "planned.json"),
  };
}
