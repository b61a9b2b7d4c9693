import type { ApiSchemaTypes } from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';
import type { DraftOf } from '../read/kinds.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { readTyped } from '../xml/read-typed.ts';
import { writeRoot } from '../xml/write-xml.ts';
import type { Plan } from './plan.ts';

/** The flow without an active version. Its definition is no component of its own here. */
export function deactivated({ fullName }: DraftOf<'FlowDefinition'>, plan: Plan): Component {
  const flow = plan.component('Flow', fullName);
  if (flow?.xml === undefined) throw new Error(`The plan has no flow ${fullName}`);
  const root = parseXml(flow.xml);
  const children = root.children.map((one) =>
    one.name === 'status' ? { ...one, text: 'Obsolete' } : one,
  );
  const changed = { ...root, children };
  return {
    ...flow,
    body: readTyped<keyof ApiSchemaTypes>(changed, 'Flow'),
    xml: writeRoot(changed, 'Flow'),
  };
}
