import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { root as project } from '../sf.ts';
import { copyRecipe, recipeNames, recipeRights, refuseDoubles } from './recipes.ts';

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
    const { added, changed, kept, permissionSets } = copyRecipe(root, 'orders-back');
    expect(kept).toEqual([]);
    expect(changed.toSorted()).toEqual([
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

  it('leaves what the admin has set, in records that are shipped and in those of a recipe, also the second time', () => {
    copyRecipe(root, 'orders-back');
    const file = join(root, MAIN, 'Woo_Mapping.Order.md-meta.xml');
    const own = (field: string, from: string, to: string) => {
      const xml = readFileSync(file, 'utf8');
      const set = xml.replace(
        new RegExp(`(<field>${field}</field>\\s*<value [^>]*>)${from}<`),
        `$1${to}<`,
      );
      expect(set).not.toBe(xml);
      writeFileSync(file, set);
    };
    own('Conflict_Rule__c', 'woo_wins', 'ask');
    const drafts = copyRecipe(root, 'draft-orders');
    expect(drafts.changed).toEqual([`${MAIN}/Woo_Mapping.Order.md-meta.xml`]);
    expect(drafts.kept).toEqual(drafts.changed);
    const [set = ''] = drafts.added.filter((one) => one.endsWith('permissionset-meta.xml'));
    writeFileSync(join(root, set), '<PermissionSet/>');
    for (const recipe of ['orders-back', 'draft-orders', 'orders-back'])
      expect(copyRecipe(root, recipe)).toMatchObject({ added: [], changed: [] });
    expect(copyRecipe(root, 'draft-orders').kept).toContain(set);
    expect(readFileSync(join(root, set), 'utf8')).toBe('<PermissionSet/>');
    expect(ofOrders('Conflict_Rule__c')).toBe('ask');
    expect(ofOrders('Create_In_Woo__c')).toBe('true');
    refuseDoubles(root);
  });

  it('leaves sharing rules that close orders, and opens the shipped one', () => {
    const file = join(
      root,
      'config/org/main/default/sharingRules/Woo_Order__c.sharingRules-meta.xml',
    );
    const shipped = readFileSync(file, 'utf8');
    const closed = shipped.replaceAll('Woo_Orders_For_All_Internal_Users', 'Sales_Only');
    writeFileSync(file, closed);
    const { kept } = copyRecipe(root, 'orders-back');
    expect(kept.map((one) => join(root, one))).toEqual([file]);
    expect(readFileSync(file, 'utf8')).toBe(closed);
    writeFileSync(file, shipped);
    copyRecipe(root, 'orders-back');
    expect(readFileSync(file, 'utf8')).toContain('<accessLevel>Edit</accessLevel>');
  });

  it.each(recipeNames(project))(
    '%s changes all in which it differs from what is shipped',
    (name) => {
      const needed = name === 'draft-orders' ? ['orders-back'] : [];
      const before = { campaigns: ['opportunities'], 'site-leads': ['leads'] }[name] ?? needed;
      for (const one of before) copyRecipe(root, one);
      expect(copyRecipe(root, name).kept).toEqual([]);
    },
  );

  it('is copied once', () => {
    copyRecipe(root, 'leads');
    expect(copyRecipe(root, 'leads')).toMatchObject({ added: [], changed: [], kept: [] });
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
