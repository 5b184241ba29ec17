import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { hasErrors, sortProblems, type Problem } from "@atoll/core";
import {
  addressBookPath,
  allocationsOf,
  parseAddressBook,
  renderAddressBook,
  EMPTY_ADDRESS_BOOK,
} from "@atoll/networking/plan";
import { locateProblems, type Organization, type StackPlan } from "@atoll/organization";

import { deploymentOf } from "./deployment.ts";
import { loadOrganization } from "./organization-file.ts";
import { planPreview, type ReadAddressBook } from "./plan-preview.ts";
import { PreviewCache } from "./preview-cache.ts";
import { PreviewResults } from "./preview-results.ts";
import { Programs, programsOf } from "./programs.ts";
import type { ProgramDescription, StackResult } from "./protocol.ts";
import type { PreviewRequest, PreviewRun } from "./run-types.ts";
import { runInOrder } from "./schedule.ts";
import { stackKey } from "./stack-key.ts";
import { WorkerPool } from "./worker-pool.ts";
import { digestFiles, listFiles } from "./workspace-files.ts";
import { workspacePath, workspaceRoot } from "./workspace-root.ts";

const PROGRAM_TIMEOUT_SECONDS = 60;

/** A further thread has to load Pulumi first: about as long as previewing this many stacks of 60 resources takes. */
const STACKS_PER_THREAD = 12;

/**
 * Previews an organization in process: every account's program, in the order of their needs, each as soon as what it
 * needs is done.
 *
 * @throws AtollError `ORGANIZATION_FILE_MISSING` when there is no such file
 */
export async function preview(request: PreviewRequest): Promise<PreviewRun> {
  const useCache = request.cache ?? true;
  const pool = new WorkerPool(
    request.workers ?? availableParallelism(),
    request.programTimeoutSeconds ?? PROGRAM_TIMEOUT_SECONDS,
  );
  // Loading Pulumi takes longest, so it starts before anything else when it is sure to be needed.
  if (!useCache) pool.warm(1);
  const spool = mkdtempSync(join(tmpdir(), "atoll-preview-"));
  const dispose = () => {
    rmSync(spool, { recursive: true, force: true });
  };
  const stop = () => void pool.close();
  request.signal?.addEventListener("abort", stop, { once: true });
  try {
    return await new OrganizationPreview(request, pool, spool, useCache).run(dispose);
  } catch (error) {
    dispose();
    throw error;
  } finally {
    request.signal?.removeEventListener("abort", stop);
    // Nobody waits for the threads to end: they are idle, or what they do is not wanted any more.
    stop();
  }
}

/** What running the stacks needs. */
interface RunContext {
  readonly digest: string;
  readonly cache: PreviewCache | null;
  readonly results: PreviewResults;
  readonly book: ReadAddressBook;
  readonly programs: Programs;
  /** Problems by stack, for stacks that are not run because of them. */
  readonly refused: ReadonlyMap<string, readonly Problem[]>;
}

class OrganizationPreview {
  readonly #request: PreviewRequest;
  readonly #pool: WorkerPool;
  readonly #spool: string;
  readonly #useCache: boolean;
  readonly #root = workspaceRoot();

  constructor(request: PreviewRequest, pool: WorkerPool, spool: string, useCache: boolean) {
    this.#request = request;
    this.#pool = pool;
    this.#spool = spool;
    this.#useCache = useCache;
  }

  async run(dispose: () => void): Promise<PreviewRun> {
    const loaded = await loadOrganization(this.#request.organizationFile);
    const organization = loaded.definition?.organization ?? null;
    if (organization === null || hasErrors(loaded.problems)) {
      return this.#results(organization?.name ?? "", loaded.problems, [], dispose);
    }
    const book = readAddressBook(loaded.file);
    const covered = this.#coveredFiles(loaded.file);
    const digest = this.#useCache ? digestFiles(this.#root, covered) : "";
    const cache = this.#useCache
      ? new PreviewCache(join(this.#root, ".atoll", organization.name, "cache", "preview"), {
          organization: loaded.text,
          book: book.text,
        })
      : null;
    this.#pool.setUp({
      root: this.#root,
      organization,
      unknowns: this.#request.unknowns ?? false,
      sources: this.#request.sources ?? false,
      diagnose: false,
      files: covered,
      organizationFile: loaded.file,
      environment: environmentOf(organization),
    });
    const width = this.#threadsFor(organization.accounts.length);
    // A cached preview may need no thread at all.
    if (!this.#useCache) this.#pool.warm(width);
    const programs = await this.#describePrograms(organization, loaded.file, digest, cache);
    this.#request.signal?.throwIfAborted();
    const plan = planPreview(organization, book, programs.manifests, (problems) =>
      locateProblems(problems, workspacePath(loaded.file, this.#root), loaded.text),
    );
    const problems = sortProblems([...loaded.problems, ...plan.problems]);
    const results = this.#results(organization.name, problems, plan.stacks, dispose);
    results.deployment = deploymentOf({
      organizationFile: loaded.file,
      organization,
      stacks: plan.stacks,
      programs,
      book,
      environment: environmentOf(organization),
      digest: () => (digest === "" ? digestFiles(this.#root, covered) : digest),
      readsOrganization: (stack) => results.readsOrganization(stack),
    });
    await this.#runStacks(this.#selected(plan.stacks), organization, {
      digest,
      cache,
      results,
      book,
      programs,
      refused: plan.refused,
    });
    cache?.prune();
    return results;
  }

  /** How many threads that many stacks are worth. */
  #threadsFor(stacks: number): number {
    const worth = Math.max(1, Math.ceil(stacks / STACKS_PER_THREAD));
    return this.#request.workers ?? Math.min(this.#pool.width, worth);
  }

  #results(
    organization: string,
    problems: readonly Problem[],
    plans: readonly StackPlan[],
    dispose: () => void,
  ): PreviewResults {
    return new PreviewResults({
      organization,
      problems,
      plans,
      selected: this.#request.stacks ?? null,
      timings: this.#request.timings ?? false,
      dispose,
    });
  }

  /** Everything that programs may read, and that the cache's key covers as files. */
  #coveredFiles(organizationFile: string): readonly string[] {
    const folder = dirname(organizationFile);
    const inside = listFiles(this.#root);
    const outside = `${folder}/`.startsWith(`${this.#root}/`) ? [] : listFiles(folder);
    // These two are covered by their meaning, account by account, so that changing one account leaves the others' be.
    const data = new Set([organizationFile, addressBookPath(organizationFile)]);
    // The lockfile counts even where git ignores it: it says which dependencies there are.
    const lockfile = join(this.#root, "package-lock.json");
    const files = new Set([...inside, ...outside, lockfile]);
    return [...files].filter((file) => !data.has(file));
  }

  async #describePrograms(
    organization: Organization,
    organizationFile: string,
    digest: string,
    cache: PreviewCache | null,
  ): Promise<Programs> {
    const references = programsOf(organization, organizationFile);
    const key = PreviewCache.key({
      digest,
      references,
      node: process.version,
      environment: environmentOf(organization),
    });
    const known = cache?.findNote(key) as readonly ProgramDescription[] | undefined;
    const described = known ?? (await this.#pool.describe(references));
    if (known === undefined && described.every(({ problem }) => problem === null)) {
      cache?.keepNote(key, described);
    }
    return new Programs(described);
  }

  /** The stacks that were asked for, and all that they need. */
  #selected(plans: readonly StackPlan[]): readonly StackPlan[] {
    const { stacks } = this.#request;
    if (stacks === undefined || stacks.length === 0) return plans;
    const byName = new Map(plans.map((plan) => [plan.stack, plan]));
    const wanted = new Set<string>();
    const queue = [...stacks];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      queue.push(...Object.values(byName.get(name)?.needs ?? {}));
    }
    return plans.filter((plan) => wanted.has(plan.stack));
  }

  async #runStacks(
    plans: readonly StackPlan[],
    organization: Organization,
    context: RunContext,
  ): Promise<void> {
    const { results } = context;
    const running = plans.filter((plan) => plan.status === "run");
    const byName = new Map(running.map((plan) => [plan.stack, plan]));
    this.#request.onEvent?.({ type: "planned", stacks: running.map(({ stack }) => stack) });
    const tasks = running.map((plan) => ({
      name: plan.stack,
      // One that is refused anyway waits for nothing: it may be part of a cycle.
      needs: context.refused.has(plan.stack) ? [] : Object.values(plan.needs),
    }));
    const width = this.#threadsFor(running.length);
    await runInOrder(
      tasks,
      width,
      async (name) => {
        const plan = byName.get(name);
        if (plan === undefined) return;
        const started = performance.now();
        this.#request.onEvent?.({ type: "started", stack: name });
        const refused = context.refused.get(name);
        const blockedBy = Object.values(plan.needs).filter((need) => results.status(need) !== "ok");
        if (refused !== undefined) results.fail(plan, refused);
        else if (blockedBy.length > 0) results.block(plan, blockedBy);
        else await this.#runStack(plan, organization, context);
        const summary = results.time(name, performance.now() - started);
        this.#request.onEvent?.({ type: "finished", stack: name, summary });
      },
      this.#request.signal,
    );
  }

  async #runStack(plan: StackPlan, organization: Organization, context: RunContext): Promise<void> {
    const { cache, results, digest, book } = context;
    const addresses = allocationsOf(book.book ?? EMPTY_ADDRESS_BOOK, plan.account);
    const needs = Object.fromEntries(
      Object.values(plan.needs).map((need) => [need, results.outputs(need)]),
    );
    const program = context.programs.of(plan);
    const key =
      cache === null
        ? ""
        : stackKey({
            digest,
            organization,
            organizationFile: this.#request.organizationFile,
            plan,
            program,
            addresses,
            needs,
            environment: environmentOf(organization),
            unknowns: this.#request.unknowns ?? false,
            sources: this.#request.sources ?? false,
          });
    const cached = cache?.find(key);
    if (cached !== undefined) {
      results.add(
        { ...cached.result, summary: { ...cached.result.summary, cached: true } },
        cached.previewFile,
      );
      return;
    }
    if (program === undefined) return;
    if (program.problem !== null) {
      results.fail(plan, [program.problem]);
      return;
    }
    const previewFile = join(this.#spool, `${plan.stack}.json`);
    const answer = await this.#pool.run({
      type: "run",
      plan,
      addresses,
      program,
      needs,
      resultFile: previewFile,
    });
    if ("problem" in answer) {
      results.fail(plan, [answer.problem]);
      return;
    }
    results.add(answer.value, previewFile);
    if (isWorthKeeping(answer.value)) cache?.keep(key, answer.value, previewFile);
  }
}

/** Failures are tried again, and secrets are not written where they outlive the preview. */
function isWorthKeeping(result: StackResult): boolean {
  return result.summary.status === "ok" && !JSON.stringify(result.outputs).includes(SECRET_MARK);
}

/** What the SDK wraps secrets in. */
const SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270";

/** An organization without addresses needs no book: an absent one is empty. */
function readAddressBook(organizationFile: string): ReadAddressBook {
  const file = addressBookPath(organizationFile);
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : renderAddressBook(EMPTY_ADDRESS_BOOK);
  const shown = workspacePath(file, workspaceRoot());
  return { ...parseAddressBook(text, shown), file: shown, text };
}

/** The variables that programs may read, and their values here. */
function environmentOf(organization: Organization): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    organization.environmentVariables.map((name) => [name, process.env[name] ?? null]),
  );
}
