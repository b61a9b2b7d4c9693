import type { Connection } from 'jsforce';
import type { Page } from 'playwright-core';

/** The org that is looked at, and where. */
export interface Stage {
  readonly page: Page;
  readonly admin: Connection;
  /** Address of the Lightning host. */
  readonly host: string;
}

/** Calls to Salesforce's APIs. */
export interface Requests {
  /** Of our components, which read by GraphQL and object infos only. */
  readonly ours: number;
  /** With those of the standard parts of the page, which read records, and with writes. */
  readonly all: number;
}

export async function resetRequests(host: string): Promise<void> {
  await (await fetch(`${host}/local/requests/reset`, { method: 'POST' })).text();
}

/** Images do not count: they are files that the browser loads by itself. */
export async function requestsOf(host: string): Promise<Requests> {
  const response = await fetch(`${host}/local/requests`);
  const { requests, byKind } = (await response.json()) as {
    readonly requests: number;
    readonly byKind: { readonly file?: number; readonly record?: number };
  };
  const all = requests - (byKind.file ?? 0);
  return { all, ours: all - (byKind.record ?? 0) };
}
