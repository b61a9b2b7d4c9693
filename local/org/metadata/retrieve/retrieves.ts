import { strToU8, zipSync } from 'fflate';
import { makeId, toId18 } from '../../model/ids.ts';
import type { Deployer, MetadataTarget } from '../plan/target.ts';
import { type AskedName, type RetrieveMessage, select } from './asked.ts';
import { propertiesOf } from './describe.ts';
import { filesOf, manifestFor } from './files.ts';

export interface RetrieveRequest {
  readonly by: Deployer;
  readonly asked: readonly AskedName[];
  /** Such as `66.0`. */
  readonly version: string;
  /** The files lie at the root of the zip; else in the folder `unpackaged`. */
  readonly singlePackage: boolean;
}

/** What a retrieve gives, as the Metadata API tells it. */
export interface RetrieveResult {
  readonly done: boolean;
  readonly fileProperties: readonly unknown[];
  readonly id: string;
  readonly messages: readonly RetrieveMessage[];
  readonly status: 'Succeeded';
  readonly success: boolean;
  /** Base64. */
  readonly zipFile: string;
}

/** How many results are held until their asker has read them. */
const kept = 5;

/** The retrieves of an org. Each runs at once; its asker reads the result later. */
export class Retrieves {
  private readonly target: MetadataTarget;
  private readonly now: () => Date;
  private readonly done = new Map<string, RetrieveResult>();
  private count = 0;

  constructor(target: MetadataTarget, now: () => Date) {
    this.target = target;
    this.now = now;
  }

  /** @returns the retrieve's id */
  start(request: RetrieveRequest): string {
    this.count += 1;
    const id = makeId('09S', this.count);
    this.done.set(id, this.retrieve(id, request));
    const [oldest] = this.done.keys();
    if (this.done.size > kept && oldest !== undefined) this.done.delete(oldest);
    return id;
  }

  find(id: string): RetrieveResult | undefined {
    return this.done.get(toId18(id) ?? id);
  }

  private retrieve(id: string, request: RetrieveRequest): RetrieveResult {
    const { by, asked, version, singlePackage } = request;
    const { components, messages } = select(this.target, asked);
    const root = singlePackage ? '' : 'unpackaged/';
    const files = filesOf(components, this.target.schema());
    files.set('package.xml', manifestFor(components, version));
    const zip = zipSync(
      Object.fromEntries([...files].map(([path, text]) => [root + path, strToU8(text)])),
    );
    const at = this.now().toISOString();
    const properties = components.map((one, index) => propertiesOf(one, index, by, at));
    return {
      done: true,
      fileProperties: properties.map((one) => ({ ...one, fileName: root + one.fileName })),
      id,
      messages,
      status: 'Succeeded',
      success: true,
      zipFile: Buffer.from(zip).toString('base64'),
    };
  }
}
