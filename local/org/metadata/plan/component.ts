import type { Component } from '../../model/deploy-target.ts';
import { isChild, type Draft } from '../read/kinds.ts';
import { writePart, writeRoot } from '../xml/write-xml.ts';
import { globalOauth } from './client-apps.ts';
import { deactivated } from './flow-definitions.ts';
import type { Plan } from './plan.ts';

/** What the org keeps of a component that is deployed. */
export function componentOf(draft: Draft, plan: Plan): Component {
  if (draft.type === 'FlowDefinition') return deactivated(draft, plan);
  if (draft.type === 'ExtlClntAppGlobalOauthSettings') return globalOauth(draft, plan);
  const { type, fullName, body, element } = draft;
  const xml = isChild(type) ? writePart(element, type) : writeRoot(element, type);
  return { type, fullName, body, xml };
}
