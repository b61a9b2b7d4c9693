import { setTimeout as wait } from 'node:timers/promises';

import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';

import { refusalIn, type AdminSession } from '../../lib/install/admin-session.ts';
import {
  packageZip,
  typesOf,
  VERSION,
  type Members,
  type MetadataFile,
} from '../../lib/metadata-package.ts';
import { CannotTell, shown } from '../model/verdict.ts';
import type { OrgSide } from './org-side.ts';

/** Waits before each look at what an org does, in ms. The org of a developer is done within seconds. */
const WAITS_MS: readonly number[] = [0, 3000, 6000, 12_000, 24_000, 45_000];
/** API calls of one deploy, and of one retrieve, at most. */
export const METADATA_CALLS = 1 + WAITS_MS.length;

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

const started = z.object({ id: z.string() });
const deployed = z.object({
  deployResult: z.object({
    done: z.boolean(),
    success: z.boolean(),
    errorMessage: z.string().nullish(),
    details: z
      .object({
        componentFailures: z.array(z.object({ fullName: z.string(), problem: z.string() })),
      })
      .nullish(),
  }),
});
const startedBySoap = z.object({ retrieveResponse: z.object({ result: started }) });
const retrieved = z.object({
  checkRetrieveStatusResponse: z.object({
    result: z.object({ done: z.literal(['true', 'false']), zipFile: z.string().optional() }),
  }),
});
const envelope = z.object({ Envelope: z.object({ Body: z.unknown() }) });
const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false });

export interface DeployOptions {
  readonly checkOnly?: boolean;
  readonly removed?: Members;
  /** What is removed is gone at once, and not after 15 days; a production org refuses that. */
  readonly purgeOnDelete?: boolean;
}

/** The Metadata API of an org: deploys by REST, and retrieves by SOAP, as there is no other way. Counts each call. */
export class MetadataSide {
  readonly #org: OrgSide;
  readonly #session: AdminSession;
  readonly #signal: () => AbortSignal;

  /** @param signal of what runs now, which gives its waits up */
  constructor(org: OrgSide, session: AdminSession, signal: () => AbortSignal) {
    this.#org = org;
    this.#session = session;
    this.#signal = signal;
  }

  /** All or none. @returns what the org refuses; none where it took all @throws CannotTell where it does not end */
  async deploy(
    files: readonly MetadataFile[],
    members: Members,
    { checkOnly = false, removed = {}, purgeOnDelete = false }: DeployOptions = {},
  ): Promise<readonly string[]> {
    const deployOptions = {
      checkOnly,
      purgeOnDelete,
      singlePackage: true,
      rollbackOnError: true,
      ignoreWarnings: true,
    };
    const form = new FormData();
    form.append('entity_content', json({ deployOptions }), 'options.json');
    form.append('file', new Blob([packageZip(files, members, removed)]), 'package.zip');
    const answer = await this.#org.call('POST', 'metadata/deployRequest', form);
    const { id } = started.safeParse(answer.body).data ?? {};
    if (id === undefined) throw new CannotTell(`The org takes no deploy: ${refusalIn(answer)}`);
    return this.#ended('A deploy', async () => {
      const { body } = await this.#org.call(
        'GET',
        `metadata/deployRequest/${id}?includeDetails=true`,
      );
      const { deployResult } = deployed.parse(body);
      const { done, success, errorMessage, details } = deployResult;
      if (!done) return null;
      const failures = details?.componentFailures ?? [];
      const problems = failures.map(({ fullName, problem }) => `${fullName}: ${problem}`);
      return success ? [] : [...problems, ...(errorMessage ? [errorMessage] : [])];
    });
  }

  /** @returns the texts of files, by path @throws CannotTell where the org gives none */
  async retrieve(members: Members): Promise<Readonly<Record<string, string>>> {
    const asked = `<unpackaged>${typesOf(members)}<version>${VERSION}</version></unpackaged>`;
    const request = `<apiVersion>${VERSION}</apiVersion><singlePackage>true</singlePackage>${asked}`;
    const first = await this.#soap(
      `<retrieve><retrieveRequest>${request}</retrieveRequest></retrieve>`,
    );
    const { id } = startedBySoap.parse(first).retrieveResponse.result;
    const look = `<checkRetrieveStatus><asyncProcessId>${id}</asyncProcessId><includeZip>true</includeZip></checkRetrieveStatus>`;
    return this.#ended('A retrieve', async () => {
      const { result } = retrieved.parse(await this.#soap(look)).checkRetrieveStatusResponse;
      if (result.done === 'false') return null;
      const files = Object.entries(unzipSync(Buffer.from(result.zipFile ?? '', 'base64')));
      return Object.fromEntries(files.map(([path, bytes]) => [path, strFromU8(bytes)]));
    });
  }

  /** @param look null where the org is not done yet */
  async #ended<T>(what: string, look: () => Promise<T | null>): Promise<T> {
    for (const ms of WAITS_MS) {
      if (ms > 0) await wait(ms, undefined, { signal: this.#signal() });
      const found = await look();
      if (found !== null) return found;
    }
    throw new CannotTell(`${what} did not end in time.`);
  }

  /** The body of the answer. @throws CannotTell where it is a fault */
  async #soap(operation: string): Promise<unknown> {
    const header = `<SessionHeader><sessionId>${this.#session.accessToken}</sessionId></SessionHeader>`;
    const text = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${NAMESPACE}"><e:Header>${header}</e:Header><e:Body>${operation}</e:Body></e:Envelope>`;
    const { status, body } = await this.#org.call(
      'POST',
      `/services/Soap/m/${VERSION}`,
      new Blob([text], { type: 'text/xml; charset=UTF-8' }),
      { accept: 'text/xml', SOAPAction: '""' },
    );
    const parsed = envelope.safeParse(parser.parse(String(body))).data;
    if (status === 200 && parsed) return parsed.Envelope.Body;
    throw new CannotTell(`The Metadata API answered with ${status}: ${shown(body)}`);
  }
}

const json = (value: object): Blob =>
  new Blob([JSON.stringify(value)], { type: 'application/json' });
