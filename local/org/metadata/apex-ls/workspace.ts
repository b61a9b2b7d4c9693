import type { Component } from '../../model/deploy-target.ts';
import { componentOf } from '../plan/component.ts';
import type { Plan } from '../plan/plan.ts';
import { filesOf } from '../retrieve/files.ts';

/** Files by their path, as in a package: Apex as it will be, and what it names. */
export type Workspace = ReadonlyMap<string, string>;

const APEX: readonly string[] = ['ApexClass', 'ApexTrigger'];

/** What apex-ls reads. */
const READ: ReadonlySet<string> = new Set([
  ...APEX,
  'CustomObject',
  'CustomField',
  'CustomLabels',
  'CustomLabel',
  'Flow',
]);

const keyOf = ({ type, fullName }: Pick<Component, 'type' | 'fullName'>): string =>
  `${type}:${fullName}`.toLowerCase();

/** What apex-ls is to judge of a deploy; undefined where it brings no Apex. */
export function workspaceOf(plan: Plan): Workspace | undefined {
  if (!plan.drafts.some(({ type }) => APEX.includes(type))) return undefined;
  const components = new Map<string, Component>();
  for (const one of plan.before.components.values()) {
    if (READ.has(one.type)) components.set(keyOf(one), one);
  }
  for (const draft of plan.drafts) {
    if (READ.has(draft.type)) components.set(keyOf(draft), componentOf(draft, plan));
  }
  return filesOf([...components.values()], plan.before.schema);
}

/** The same for the same files, in whatever order they came. */
export const textOf = (workspace: Workspace): string =>
  JSON.stringify([...workspace].toSorted(([one], [two]) => (one < two ? -1 : 1)));

/** Apex itself among the files. */
export const apexIn = (workspace: Workspace): readonly string[] =>
  [...workspace].flatMap(([path, text]) => (/\.(cls|trigger)$/.test(path) ? [text] : []));
