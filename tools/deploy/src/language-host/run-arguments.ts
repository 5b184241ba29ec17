/** What Pulumi says about a run, read from its request. */
export interface ProgramRun {
  readonly monitor: string;
  readonly engine: string;
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly parallel: number;
  readonly dryRun: boolean;
  /** Folder of Pulumi.yaml. */
  readonly rootFolder: string;
  /** Folder that the program runs in. */
  readonly programFolder: string;
  /** The program's file, relative to its folder. */
  readonly entryPoint: string;
  readonly arguments: readonly string[];
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` whose values are secrets. */
  readonly secretKeys: readonly string[];
  /** The project's `runtime.options.typescript`: false for programs that run as they are, without a compiler. */
  readonly typescript: boolean;
}

/** The command line of the SDK's runner for a run, without Node and the runner's own file. */
export function runArguments(run: ProgramRun): readonly string[] {
  const flags = {
    monitor: run.monitor,
    engine: run.engine,
    organization: run.organization,
    project: run.project,
    stack: run.stack,
    pwd: run.programFolder,
    "root-directory": run.rootFolder,
    parallel: String(run.parallel),
  };
  return [
    ...Object.entries(flags).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(run.dryRun ? ["--dry-run"] : []),
    run.entryPoint === "" ? "." : run.entryPoint,
    ...run.arguments,
  ];
}

/** What the SDK's runner reads from the environment. */
export function runEnvironment(run: ProgramRun): Readonly<Record<string, string>> {
  return {
    PULUMI_CONFIG: JSON.stringify(run.config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
    PULUMI_NODEJS_TYPESCRIPT: String(run.typescript),
  };
}
