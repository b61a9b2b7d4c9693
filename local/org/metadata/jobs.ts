import { makeId, toId18 } from '../data/ids.ts';
import { deploy, type DeployRequest } from './deploy.ts';
import type { DeployOptions, DeployResult } from './result.ts';
import type { MetadataTarget } from './target.ts';

/** A deploy and what came of it. */
export interface Job {
  readonly result: DeployResult;
  readonly options: DeployOptions;
}

/** The deploys of an org since it started. Each runs at once; its asker reads the result later. */
export class Jobs {
  private readonly target: MetadataTarget;
  private readonly now: () => Date;
  private readonly done = new Map<string, Job>();

  constructor(target: MetadataTarget, now: () => Date) {
    this.target = target;
    this.now = now;
  }

  /** @returns the deploy's id */
  start(request: Omit<DeployRequest, 'id'>): string {
    const id = makeId('0Af', this.done.size + 1);
    const result = deploy({ ...request, id }, this.target, this.now);
    this.done.set(id, { result, options: request.options });
    return id;
  }

  find(id: string): Job | undefined {
    return this.done.get(toId18(id) ?? id);
  }
}
