import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { root as project } from '../sf.ts';
import { copyRecipe, recipeRights, refuseDoubles } from './recipes.ts';

const MAIN = 'config/org/main/default/customMetadata';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'woo-salesforce-recipes-'));
  for (const folder of ['config/org', 'config/recipes'])
    cpSync(join(project, folder), join(root, folder), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The value of a checkbox or text of the mapping of orders. */
function ofOrders(field: string): string | undefined {
  const xml = readFileSync(join(root, MAIN, 'Woo_Mapping.Order.md-meta.xml'), 'utf8');
  return new RegExp(`<field>${field}</field>\\s*<value [^>]*>([^<]*)<`).exec(xml)?.[1];
}

describe('a recipe', () => {
  it('that brings its own form of a shipped record takes its place, so that no file is doubled', () => {
    const { added, replaced, permissionSets } = copyRecipe(root, 'orders-back');
    expect(replaced.toSorted()).toEqual([
      `${MAIN}/Woo_Condition.Order_Completed.md-meta.xml`,
      `${MAIN}/Woo_Field_Mapping.Order_Status.md-meta.xml`,
      `${MAIN}/Woo_Mapping.Order.md-meta.xml`,
      'config/org/main/default/sharingRules/Woo_Order__c.sharingRules-meta.xml',
    ]);
    expect(added.length).toBeGreaterThan(10);
    expect(added.every((file) => file.startsWith('config/org/orders-back/'))).toBe(true);
    expect(permissionSets).toContain('Woo_Recipe_Orders_Back');
    expect(ofOrders('Direction__c')).toBe('both');
    expect(ofOrders('Create_In_Woo__c')).toBe('false');
    refuseDoubles(root);
  });

  it('that another one builds on works together with it', () => {
    copyRecipe(root, 'orders-back');
    copyRecipe(root, 'draft-orders');
    expect(ofOrders('Direction__c')).toBe('both');
    expect(ofOrders('Create_In_Woo__c')).toBe('true');
    refuseDoubles(root);
    expect(recipeRights(root)).toEqual(['Woo_Recipe_Draft_Orders', 'Woo_Recipe_Orders_Back']);
  });

  it('is copied once', () => {
    copyRecipe(root, 'leads');
    expect(copyRecipe(root, 'leads')).toMatchObject({ added: [], replaced: [] });
  });

  it('that is not there is answered by those that are, and one that lacks another by its name', () => {
    expect(() => copyRecipe(root, 'lead')).toThrow('give one of attribution, campaigns, content');
    expect(() => copyRecipe(root, 'draft-orders')).toThrow('copy that one first');
    expect(recipeRights(root)).toEqual([]);
    refuseDoubles(root);
  });
});

describe('two files of one component', () => {
  const copy = (name: string) => {
    cpSync(join(root, 'config/recipes', name), join(root, 'config/org', name), { recursive: true });
  };

  it('are refused with both places, where they differ', () => {
    copy('orders-back');
    expect(() => {
      refuseDoubles(root);
    }).toThrow(`${MAIN}/Woo_Mapping.Order.md-meta.xml and config/org/orders-back/customMetadata`);
  });

  it('that say the same are taken', () => {
    copy('orders-back');
    for (const folder of ['customMetadata', 'sharingRules'])
      cpSync(
        join(root, 'config/org/orders-back', folder),
        join(root, 'config/org/main/default', folder),
        { recursive: true },
      );
    refuseDoubles(root);
  });

  it('are none where fields of two objects have one name', () => {
    const field = (object: string) =>
      join(root, `config/org/content/objects/${object}/fields/Slug__c.field-meta.xml`);
    copyRecipe(root, 'content');
    copyRecipe(root, 'shop-lists');
    writeFileSync(field('Woo_Content__c'), '<CustomField/>');
    refuseDoubles(root);
  });
});
