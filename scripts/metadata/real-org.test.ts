import { ForceIgnore } from '@salesforce/source-deploy-retrieve';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  base,
  fieldOf,
  fieldsOf,
  home,
  node,
  nodes,
  outbound,
  permissionSets,
  project,
  read,
  string,
} from './project-metadata.ts';

/* What a real org refuses or does otherwise, and the local org may not. */
describe('what a real org is told', () => {
  it('is an empty text where one is meant, no name of a constant', () => {
    const named = globSync(`{${base},${outbound}}/flows/*.xml`, { cwd: home }).filter((path) =>
      readFileSync(join(home, path), 'utf8').includes('$GlobalConstant'),
    );
    expect(named).toEqual([]);
  });

  it('is that reports are shared with the organization, not with a public group', () => {
    const shares = read(`${base}/reports/*.xml`, 'ReportFolder').flatMap(({ body }) =>
      nodes(body['folderShares']),
    );
    expect(shares.map(({ sharedToType }) => sharedToType)).toEqual(['Organization']);
  });

  it('is no total over several currencies', () => {
    const totals = read(`${base}/reports/*/*.xml`, 'Report').filter(
      ({ body }) => body['showGrandTotal'] === 'true',
    );
    expect(totals.map(({ name }) => name)).toEqual(['Woo_Open_Issues']);
  });

  it('is no View All or Modify All of objects that have neither', () => {
    const sets = ['force-app', 'config', 'test/e2e'].flatMap((folder) =>
      read(`${folder}/**/permissionsets/*.xml`, 'PermissionSet'),
    );
    const all = sets.flatMap(({ name, body }) =>
      nodes(body['objectPermissions'])
        .filter(({ viewAllRecords, modifyAllRecords }) =>
          [viewAllRecords, modifyAllRecords].includes('true'),
        )
        .map(({ object }) => `${name} ${string(object)}`),
    );
    expect(all.filter((one) => /Product2|Pricebook/.test(one))).toEqual([]);
    expect(all).toContain('Woo_Integration Account');
  });

  it('is the value of each property that a component must have', () => {
    const required = read(`${base}/lwc/*/*.js-meta.xml`, 'LightningComponentBundle').flatMap(
      ({ path, body }) =>
        nodes(node(body['targetConfigs'])['targetConfig'])
          .flatMap((config) => nodes(config['property']))
          .filter((property) => property['@_required'] === 'true')
          .map((property) => [basename(dirname(path)), property['@_name']] as const),
    );
    expect(required).not.toEqual([]);
    const instances = read(`${base}/flexipages/*.xml`, 'FlexiPage')
      .flatMap(({ body }) => nodes(body['flexiPageRegions']))
      .flatMap((region) => nodes(region['itemInstances']))
      .map((item) => node(item['componentInstance']));
    for (const [component, property] of required) {
      const given = instances
        .filter(({ componentName }) => componentName === component)
        .map((one) => nodes(one['componentInstanceProperties']).map(({ name }) => name));
      expect(given).not.toEqual([]);
      for (const names of given) expect(names, component).toContain(property);
    }
  });

  it('is that whoever edits products or gives commands may send outbound messages', () => {
    for (const set of ['Woo_Admin', 'Woo_Products']) {
      const body = permissionSets.find(({ name }) => name === set)?.body;
      expect(nodes(body?.['userPermissions'])).toEqual([
        { enabled: 'true', name: 'EnableNotifications' },
      ]);
    }
  });

  it('is no choice of a person that nothing acts on', () => {
    const choices = [
      fieldOf('Woo_Sync_Issue__c', 'Resolution__c'),
      fieldOf('Woo_Command__c', 'Type__c'),
    ];
    for (const choice of choices) {
      expect(node(choice?.body['valueSet'])['restricted']).toBe('true');
    }
  });

  it('is no formula of a flow that is worked out over and over', () => {
    const [flow] = read(`${base}/flows/Woo_Product_Images.flow-meta.xml`, 'Flow');
    const formulas = new Map(
      nodes(flow?.body['formulas']).map((one) => [string(one['name']), string(one['expression'])]),
    );
    // A formula that another one names is computed anew at each place where it stands.
    const cost = (name: string): number =>
      [...(formulas.get(name) ?? '').matchAll(/\{!(\w+)\}/g)]
        .map(([, named = '']) => (formulas.has(named) ? cost(named) : 0))
        .reduce((sum, one) => sum + one, 1);
    expect(Math.max(...[...formulas.keys()].map(cost))).toBeLessThan(8);
  });

  it('keeps the records of custom metadata when they are retrieved', () => {
    const ignore = ForceIgnore.findAndCreate(home);
    // The retrieved zip names records so, before the CLI gives them their names of the project.
    const record = 'customMetadata/Woo_Store.Main_Store.md';
    expect(ignore.denies(join(home, record))).toBe(false);
    expect(ignore.denies(join(home, 'unpackaged', record))).toBe(false);
    expect(ignore.denies(join(home, 'force-app/README.md'))).toBe(true);
  });

  it('is every field of a record, by name, as an org gives them: a retrieve then shows edits alone', () => {
    const files = read('config/{org,second-store,recipes}/**/*.md-meta.xml', 'CustomMetadata');
    expect(files).not.toEqual([]);
    for (const { path, name, body } of files) {
      const given = nodes(body['values']).map((pair) => string(pair['field']));
      const all = fieldsOf(`${name.split('.')[0] ?? ''}__mdt`).map((field) => field.name);
      expect([path, given]).toEqual([path, all.toSorted()]);
    }
  });

  it('says of a home without a store’s status that the service has not run, and to admins how it does', () => {
    const shown = (pattern: string, root: string, text: string, names: string) => {
      const labels = nodes(node(read(pattern, root)[0]?.body)[names]);
      return (name: string) =>
        string(labels.find((one) => [one['fullName'], one['name']].includes(name))?.[text]);
    };
    const english = shown(
      'force-app/**/CustomLabels.labels-meta.xml',
      'CustomLabels',
      'value',
      'labels',
    );
    const japanese = shown('config/japanese/**/ja.*.xml', 'Translations', 'label', 'customLabels');
    expect(english('Woo_Health_Nothing')).toBe('The sync service has not run yet');
    expect(japanese('Woo_Health_Nothing')).toContain('同期サービス');
    for (const text of [english, japanese]) {
      const cure = text('Woo_Health_Nothing_Cure');
      expect(cure).toContain('Woo Store');
      expect(cure).toContain('Operate');
    }
  });

  it('puts what is new in Setup beside what is the admin’s own', () => {
    const byDefault = project.packageDirectories.filter((one) => one.default === true);
    expect(byDefault.map(({ path }) => path)).toEqual(['config/org']);
  });
});
