import type { ApexClass } from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';
import { type Before, Plan, splitName } from '../plan/plan.ts';
import { fileName } from '../read/file-name.ts';
import type { Draft } from '../read/kinds.ts';
import { problemsOf } from '../rules/all-rules.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { beforeWithout, type Removal } from './removal.ts';

/** The name as others write it: `Box__c` is also `Box__r` on a path, `boxList` a `c-box-list` in a template. */
function pattern({ type, fullName }: Component): RegExp {
  if (type === 'LightningComponentBundle') {
    const tag = fullName.replaceAll(/[A-Z]/g, (letter) => `-${letter}`);
    return new RegExp(`\\b(?:${fullName}|${tag})\\b`, 'i');
  }
  const own = type === 'Report' ? fullName : splitName(fullName).name;
  const [, stem = own, suffix] = /^(.+)__(c|mdt)$/.exec(own) ?? [];
  const escaped = stem.replaceAll(/[^\w]/g, String.raw`\$&`);
  return new RegExp(`\\b${escaped}${suffix === undefined ? '' : `__(?:${suffix}|r)`}\\b`, 'i');
}

const inApex: ReadonlySet<string> = new Set([
  'ApexClass',
  'CustomField',
  'CustomLabel',
  'CustomObject',
]);

/** Code without comments and texts, in which names count for nothing. */
const codeOf = (body: unknown): string =>
  ((body as ApexClass).content ?? '').replaceAll(
    /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'/g,
    ' ',
  );

/** Apex needs what it names; of a field also the object, since others have fields of that name. */
function apexUses(user: Component, named: Component): boolean {
  if (!inApex.has(named.type)) return false;
  const code = codeOf(user.body);
  const object = named.type === 'CustomField' ? splitName(named.fullName).object : '';
  return pattern(named).test(code) && code.toLowerCase().includes(object.toLowerCase());
}

function draftOf(component: Component): Draft | undefined {
  const { type, fullName, body, xml } = component;
  if (xml === undefined) return undefined;
  // The type decides what the body is; TypeScript cannot follow that through the union.
  return { type, fullName, body, fileName: fileName(component), element: parseXml(xml) } as Draft;
}

/** Finds what an org could not hold any more without what leaves it. */
export class References {
  private readonly now: Plan;
  private readonly later: Plan;
  private readonly staying: readonly Component[];

  /** @param staying components that stay, as they will be */
  constructor(before: Before, removal: Removal, staying: readonly Component[]) {
    this.now = new Plan(before, []);
    this.later = new Plan(beforeWithout(before, removal), []);
    this.staying = staying;
  }

  /** Components that need the named one: without it a deploy would refuse them. */
  to(named: Component): readonly Component[] {
    const mentioned = pattern(named);
    return this.staying.filter((one) => {
      if (!mentioned.test(JSON.stringify([one.fullName, one.body]))) return false;
      if (one.type === 'ApexClass' || one.type === 'ApexTrigger') return apexUses(one, named);
      return this.isWrongLater(one);
    });
  }

  private isWrongLater(component: Component): boolean {
    const draft = draftOf(component);
    if (!draft) return false;
    const wrong = problemsOf(draft, this.later).length;
    return wrong > 0 && wrong > problemsOf(draft, this.now).length;
  }
}
