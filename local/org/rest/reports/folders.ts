import { hash } from 'node:crypto';
import type { Dashboard, Report } from '@salesforce/types/metadata';
import type { Call } from '../../api/call.ts';
import type { Component } from '../../model/deploy-target.ts';
import { makeId } from '../../model/ids.ts';

export const REPORTS = '/analytics/reports';
export const DASHBOARDS = '/analytics/dashboards';

export type ReportComponent = Component & { readonly body: Report };
export type DashboardComponent = Component & { readonly body: Dashboard };

const PREFIXES: Readonly<Record<string, string>> = {
  Report: '00O',
  Dashboard: '01Z',
  DashboardFolder: '00l',
  ReportFolder: '00l',
  DashboardComponent: '01a',
};

/** The same for the same component, whenever it is deployed. */
export const idOf = ({ type, fullName }: Pick<Component, 'type' | 'fullName'>): string =>
  makeId(PREFIXES[type] ?? '000', Number.parseInt(hash('sha256', fullName).slice(0, 8), 16));

/** By 15 or 18 characters. */
export const isSame = (component: Component, id: string): boolean =>
  id.length >= 15 && idOf(component).startsWith(id);

interface Shares {
  readonly folderShares?: readonly { readonly sharedToType: string }[];
}

/** The folder that a report or dashboard lies in. */
export const folderOf = (call: Call, { type, fullName }: Component): Component | undefined =>
  call.services.data.whole
    .components()
    .find((one) => one.type === `${type}Folder` && fullName.startsWith(`${one.fullName}/`));

/** Of shares, one with all users is known. Who manages what is public sees all folders. */
export function maySee(call: Call, component: Component): boolean {
  if (call.services.data.access?.has('ModifyAllData') !== false) return true;
  const shares = (folderOf(call, component)?.body as Shares | undefined)?.folderShares ?? [];
  return shares.some(({ sharedToType }) => sharedToType === 'Organization');
}

export const urlOf = (call: Call, root: string, id: string): string =>
  `/services/data/${call.version}${root}/${id}`;
