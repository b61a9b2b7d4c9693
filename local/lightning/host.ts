import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { startListening, stopListening } from '../shared/listener.ts';
import { buildBundle, type Bundle } from './build/bundle.ts';
import type { BuildOptions } from './build/compile.ts';
import { labelsIn } from './build/labels.ts';
import { readProject } from './metadata/project.ts';
import { send } from './server/answer.ts';
import { OrgClient } from './server/org-client.ts';
import { RequestCounts, type RequestTotals } from './server/request-counts.ts';
import { Routes } from './server/routes.ts';

export interface HostOptions {
  /** Address of the org, such as `http://127.0.0.1:8090`. */
  readonly org: string;
  /** Access token of the user whose rights count. */
  readonly token: string;
  /** Folder of the SFDX project; this project's when left out. */
  readonly root?: string;
  /** Of labels, dates and numbers where a page does not say `?language=`; `en_US` when left out. */
  readonly language?: string;
  /** `UTC` when left out. */
  readonly timeZone?: string;
  /** `USD` when left out. */
  readonly currency?: string;
  /** Builds only these components; all when left out. */
  readonly components?: readonly string[];
  /** Where compiled files are kept; `.local/lightning-cache` in the project when left out. */
  readonly cacheFolder?: string;
  /** Is told, in a line, what is being built and what went wrong. */
  readonly report?: (line: string) => void;
}

/** Shows the project's Lightning components in a browser, against an org. */
export interface Host {
  /**
   * Builds the components and listens.
   * @returns the address, such as `http://127.0.0.1:8095`; port 0 takes a free one
   * @throws Error with a sentence where the components cannot be built, the port is taken, or it was closed meanwhile
   */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
  /** Calls that pages have made to the org. */
  requests(): RequestTotals;
}

/** @throws Error for an address that is none */
function orgUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new Error(`The org's address is "${text}": give one such as http://127.0.0.1:8090.`);
}

/** Builds that were asked for at the same time are one. */
function sharedBuild(options: BuildOptions): () => Promise<Bundle> {
  let running: Promise<Bundle> | undefined;
  return () => {
    running ??= buildBundle(options).finally(() => {
      running = undefined;
    });
    return running;
  };
}

/**
 * Makes a host; it answers once `listen` was called. Sources that have changed are built when a page is loaded.
 * @throws Error for an address, a language or a project that cannot be used
 */
export function createHost(options: HostOptions): Host {
  const project = readProject(options.root ?? join(import.meta.dirname, '..', '..'));
  const report = options.report ?? (() => undefined);
  const counts = new RequestCounts();
  const { language = 'en_US', timeZone = 'UTC', currency = 'USD', components } = options;
  // Now rather than at the first page.
  labelsIn(project, language);
  const cacheFolder = options.cacheFolder ?? join(project.root, '.local', 'lightning-cache');
  const build = sharedBuild({
    project,
    cacheFolder,
    report,
    ...(components ? { components } : {}),
  });
  const routes = new Routes({
    project,
    org: new OrgClient(orgUrl(options.org), options.token),
    build,
    cacheFolder,
    counts,
    report,
    defaults: { language, timeZone, currency },
  });
  const answer = async (request: IncomingMessage) => {
    try {
      return await routes.answer(request);
    } catch (error) {
      return routes.failure(error);
    }
  };
  const server = createServer((request, response) => {
    void answer(request).then((one) => {
      send(response, one);
    });
  });
  let closed = false;
  return {
    listen: async (port) => {
      await build();
      if (closed) throw new Error('The host was closed before its components were built.');
      return startListening(server, port, '127.0.0.1');
    },
    close: () => {
      closed = true;
      return stopListening(server);
    },
    requests: () => counts.totals(),
  };
}
