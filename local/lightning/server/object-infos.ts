import type { OrgClient } from './org-client.ts';
import type { Pages } from '../metadata/pages.ts';

/** As UI API describes an object; the shell uses the labels, the fields' types and the lookups. */
export type ObjectInfo = Readonly<Record<string, unknown>> & { readonly apiName: string };

interface Batch {
  readonly results: readonly { readonly statusCode: number; readonly result: ObjectInfo }[];
}

const isCustom = (name: string): boolean => name.endsWith('__c');

/** Objects of tabs, which need not be in the app, related lists and record pages. */
export function objectsShown({ app, icons, objects, overrides }: Pages): string[] {
  const tabs = [
    ...app.tabs.map((tab) => tab.replace(/^standard-/, '')),
    ...Object.keys(icons).filter(isCustom),
  ];
  const lists = Object.values(objects).flatMap(({ layout }) =>
    layout.relatedLists.map(({ object }) => object),
  );
  const pages = [...app.overrides, ...overrides].map(({ object }) => object);
  const shown = new Set([...tabs, ...lists, ...pages]);
  return [...shown].filter((name) => name in objects && !name.endsWith('__mdt'));
}

/**
 * What the org knows of objects, by their names; those that the user may not see are missing.
 * @throws OrgUnreachable, or Error with the org's refusal
 */
export async function readObjectInfos(
  org: OrgClient,
  names: readonly string[],
): Promise<Record<string, ObjectInfo>> {
  const { results } = await org.get<Batch>(
    `/services/data/v66.0/ui-api/object-info/batch/${names.join()}`,
  );
  return Object.fromEntries(
    results
      .filter(({ statusCode }) => statusCode === 200)
      .map(({ result }) => [result.apiName, result]),
  );
}
