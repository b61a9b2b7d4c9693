import { makeId, toId18 } from '../../model/ids.ts';
import { Unjudged } from '../apex-ls/apex-ls.ts';
import type { Deployer } from '../plan/target.ts';
import { deploy, type DeployParts, type DeployRequest } from './deploy.ts';
import {
  canceledResult,
  pendingResult,
  refusedResult,
  type DeployOptions,
  type DeployResult,
} from './result.ts';

/** A deploy and what came of it. */
export interface Job {
  readonly result: DeployResult;
  readonly options: DeployOptions;
}

/** How long a validation can be deployed. */
const validDays = 10;
/** Zips of validations that are held in memory; a real org keeps them all. */
const keptValidations = 5;

/**
 * The deploys of an org since it started. Each runs at once, but those of Apex code, and those with Apex that apex-ls has
 * to judge first; its asker reads the result later.
 */
export class Jobs {
  private readonly parts: DeployParts;
  private readonly now: () => Date;
  private readonly done = new Map<string, Job>();
  /** Deploys that were only checked, and could be deployed: they are deployed anew. */
  private readonly validated = new Map<string, Omit<DeployRequest, 'id'>>();
  /** What is still to be done. */
  private readonly waiting = new Set<NodeJS.Timeout>();
  private isClosed = false;

  constructor(parts: DeployParts) {
    this.parts = parts;
    this.now = parts.now;
  }

  /** @returns the deploy's id */
  start(request: Omit<DeployRequest, 'id'>): string {
    const id = makeId('0Af', this.done.size + 1);
    try {
      this.end({ ...request, id }, deploy({ ...request, id }, this.parts));
    } catch (error) {
      if (!(error instanceof Unjudged)) throw error;
      this.setPending({ ...request, id });
      void this.startJudged({ ...request, id }, error);
    }
    return id;
  }

  /** Deploys once apex-ls has judged the Apex: anew, and once more where other Apex was deployed meanwhile. */
  private async startJudged(request: DeployRequest, unjudged: Unjudged): Promise<void> {
    await this.parts.apexLs?.judge(unjudged.workspace);
    if (this.isClosed || this.find(request.id)?.result.done !== false) return;
    try {
      this.end(request, deploy(request, this.parts));
    } catch (error) {
      if (error instanceof Unjudged) await this.startJudged(request, error);
      else this.end(request, this.faultOf(request, error));
    }
  }

  private end(request: DeployRequest, result: DeployResult): void {
    this.done.set(request.id, { result, options: request.options });
    if (request.options.checkOnly && result.success) this.keepValidation(request.id, request);
  }

  /**
   * Takes back a deploy that waits.
   * @returns false where it is not there, or has ended
   */
  cancel(id: string, by: Deployer): boolean {
    const job = this.find(id);
    if (!job || job.result.done) return false;
    const result = canceledResult(job.result, by, this.now().toISOString());
    this.done.set(job.result.id, { ...job, result });
    return true;
  }

  private setPending({ id, by, options }: DeployRequest): void {
    const started = this.now().toISOString();
    const frame = { id, by, options, started, ended: started };
    this.done.set(id, { result: pendingResult(frame), options });
  }

  /**
   * Deploys when the caller has ended, as for Apex code; until then the deploy is pending.
   * @param ended is told of the result, later than others can read it
   * @returns the deploy's id
   */
  enqueue(request: Omit<DeployRequest, 'id'>, ended: (result: DeployResult) => void): string {
    const { options } = request;
    const id = makeId('0Af', this.done.size + 1);
    this.setPending({ ...request, id });
    this.later(() => {
      const { result: before } = this.done.get(id) ?? {};
      const result = before?.done === true ? before : this.outcome({ ...request, id });
      this.done.set(id, { result, options });
      this.later(() => {
        ended(result);
      });
    });
    return id;
  }

  /** Drops what is still to be done: the org ends. */
  close(): void {
    this.isClosed = true;
    this.parts.apexLs?.close();
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
  }

  private outcome(request: DeployRequest): DeployResult {
    try {
      return deploy(request, this.parts);
    } catch (error) {
      return this.faultOf(request, error);
    }
  }

  /** A fault of the org is the end of the deploy, where nobody waits who could be told otherwise. */
  private faultOf({ id, by, options }: DeployRequest, error: unknown): DeployResult {
    const at = this.now().toISOString();
    const frame = { id, by, options, started: at, ended: at };
    return refusedResult(frame, error instanceof Error ? error.message : String(error));
  }

  private later(step: () => void): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      step();
    });
    this.waiting.add(timer);
  }

  /** @returns the id of the new deploy; undefined where there is no such validation of late */
  startValidated(validation: string, by: Deployer): string | undefined {
    const key = toId18(validation) ?? validation;
    const request = this.validated.get(key);
    const ended = Date.parse(this.done.get(key)?.result.completedDate ?? '');
    if (!request || this.now().getTime() - ended > validDays * 86_400_000) return undefined;
    // Its tests have passed.
    const noTests = { runTests: [], testLevel: 'NoTestRun' };
    const options = { ...request.options, ...noTests, checkOnly: false };
    return this.start({ ...request, by, options });
  }

  private keepValidation(id: string, request: Omit<DeployRequest, 'id'>): void {
    this.validated.set(id, request);
    const [oldest] = this.validated.keys();
    if (this.validated.size > keptValidations && oldest !== undefined)
      this.validated.delete(oldest);
  }

  find(id: string): Job | undefined {
    return this.done.get(toId18(id) ?? id);
  }
}
