import { HostProcess, type HostOptions } from "../host/host-process.ts";

/** The processes that run programs: started when there is work for them, replaced when one is gone. */
export class HostPool {
  readonly #options: HostOptions;
  readonly #most: number;
  readonly #hosts = new Set<HostProcess>();

  constructor(most: number, options: HostOptions) {
    this.#most = Math.max(1, most);
    this.#options = options;
  }

  /** Starts processes ahead of the work. */
  warm(count: number): void {
    while (this.#hosts.size < Math.min(count, this.#most)) this.#start();
  }

  /** The one that has the least to do. It counts as busy until it is told to release the stack. */
  take(): HostProcess {
    const host = this.#choose();
    host.take();
    return host;
  }

  get pids(): readonly number[] {
    return [...this.#hosts].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  close(): void {
    for (const host of this.#hosts) host.kill("the run is over");
  }

  #choose(): HostProcess {
    const idle = [...this.#hosts].find(({ stacks }) => stacks === 0);
    if (idle !== undefined) return idle;
    if (this.#hosts.size < this.#most) return this.#start();
    return [...this.#hosts].reduce((least, host) => (host.stacks < least.stacks ? host : least));
  }

  #start(): HostProcess {
    const host = new HostProcess(this.#options);
    this.#hosts.add(host);
    void host.gone.then(() => {
      this.#hosts.delete(host);
    });
    return host;
  }
}
