import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Connection } from 'jsforce';
import { z } from 'zod';

import {
  deployPackage,
  recordIn,
  retrieveRecords,
  type MetadataFile,
} from '../lib/metadata-package.ts';

/** Validation rules of the journeys are named so. */
export const RULE_PREFIX = 'Woo_Journey_';

const schema = z.object({
  /** Files as they were before, by path. */
  before: z.record(z.string(), z.string()),
  /** Validation rules that were not there before. */
  added: z.array(z.string()),
});

type Changes = z.infer<typeof schema>;

/** What was changed of an org's setup, kept in a file until it is as before. */
export class ChangedSetup {
  readonly #org: Connection;
  readonly #file: string;

  /** @param org as a user who may deploy */
  constructor(org: Connection, folder: string) {
    this.#org = org;
    this.#file = join(folder, 'changed-setup.json');
  }

  /** Deploys records of custom metadata and own validation rules, all or none. @throws Error with what the org refuses */
  async deploy(files: readonly MetadataFile[]): Promise<void> {
    await this.#keep(files);
    await this.#send(files);
  }

  /** Makes the setup as it was before the first deploy. */
  async restore(): Promise<void> {
    const { before, added } = this.#changes();
    const files = Object.entries(before);
    if (files.length + added.length > 0) await this.#send(files, added);
    rmSync(this.#file, { force: true });
  }

  async #keep(files: readonly MetadataFile[]): Promise<void> {
    const { before, added } = this.#changes();
    const records = files.flatMap(([path]) => recordIn(path) ?? []);
    const unknown = records.filter((name) => !(pathOf(name) in before));
    const kept = await retrieveRecords(this.#org, unknown);
    const missing = unknown.find((name) => !(pathOf(name) in kept));
    if (missing !== undefined)
      throw new Error(`The org has no record ${missing}: journeys change the mappings that ship.`);
    const rules = new Set([...added, ...files.flatMap(rulesIn)]);
    this.#write({ before: { ...before, ...kept }, added: [...rules] });
  }

  async #send(files: readonly MetadataFile[], removed: readonly string[] = []): Promise<void> {
    const members = {
      CustomMetadata: files.flatMap(([path]) => recordIn(path) ?? []),
      ValidationRule: files.flatMap(rulesIn),
    };
    await deployPackage(this.#org, files, members, { ValidationRule: removed });
  }

  #changes(): Changes {
    if (!existsSync(this.#file)) return { before: {}, added: [] };
    return schema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
  }

  #write(changes: Changes): void {
    mkdirSync(join(this.#file, '..'), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(changes));
  }
}

const pathOf = (record: string): string => `customMetadata/${record}.md`;

/** @throws Error for a file that is neither a record nor an object with own rules alone: it could not be taken back */
function rulesIn([path, xml]: MetadataFile): readonly string[] {
  if (recordIn(path) !== undefined) return [];
  const [, object] = /^objects\/(.+)\.object$/.exec(path) ?? [];
  const names = [...xml.matchAll(/<fullName>(\w+)<\/fullName>/g)].map(([, name = '']) => name);
  if (object === undefined || names.some((name) => !name.startsWith(RULE_PREFIX)))
    throw new Error(`${path} is neither a record nor has it rules named ${RULE_PREFIX}… alone.`);
  return names.map((name) => `${object}.${name}`);
}
