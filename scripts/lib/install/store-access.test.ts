import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import {
  deployFiles,
  failuresOf,
  file,
  type Files,
} from '../../../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../../../local/org/metadata/test/project.ts';
import { SfCli, type Ran } from '../sf.ts';
import { AdminSession } from './admin-session.ts';
import { deployMetadata, type Metadata } from './install.ts';
import { keysNote, STORE_KEYS, STORE_KEYS_FILE, usersOfKeys } from './store-access.ts';

const org = createOrg();
const { adminUsername: admin, integrationUsername: sync, repUsername: rep } = org;
const OWN = `permissionsets/${STORE_KEYS}.permissionset`;
const shipped = packageOf(projectSource());
const EARLIER = ['Woo_Admin', 'Woo_Integration', 'Woo_Sales'];
const CREDENTIALS = Object.keys(shipped).filter((path) => /^\w+Credentials\//.test(path));
let session: AdminSession;

beforeAll(async () => {
  session = new AdminSession(await org.listen(0), admin, org.adminToken);
});

afterAll(() => org.close());

function deploy(files: Files): void {
  expect(failuresOf(deployFiles(org.data, files))).toEqual([]);
}

const ofProject = (paths: readonly string[]): Files =>
  Object.fromEntries(paths.map((path) => [path, shipped[path] ?? '']));
/** Permission sets by their names: what they grant makes no difference here. */
const permissionSets = (names: readonly string[]): Files =>
  Object.fromEntries(
    names.map((name) => [
      `permissionsets/${name}.permissionset`,
      file('PermissionSet', `<label>${name}</label>`),
    ]),
  );

async function assign(permissionSet: string, username: string): Promise<void> {
  const { db } = org.data;
  const PermissionSetId = db.get('SELECT Id FROM PermissionSet WHERE Name = ?', permissionSet)?.[
    'Id'
  ];
  const AssigneeId = db.get('SELECT Id FROM User WHERE Username = ?', username)?.['Id'];
  const path = '/services/data/v66.0/sobjects/PermissionSetAssignment';
  const { status } = await session.request('POST', path, { AssigneeId, PermissionSetId });
  expect(status).toBe(201);
}

describe('who gets the permission set for the keys before a deploy', () => {
  it('is nobody in a new org', async () => {
    expect(await usersOfKeys(session)).toEqual([]);
  });

  it('is nobody where a package is installed and no credential is there yet', async () => {
    deploy(permissionSets(EARLIER));
    await assign('Woo_Admin', admin);
    expect(await usersOfKeys(session)).toEqual([]);
  });

  it('is whoever has a permission set that granted them, and is active', async () => {
    deploy(ofProject(CREDENTIALS));
    await assign('Woo_Admin', rep);
    org.data.db.run('UPDATE User SET IsActive = 0 WHERE Username = ?', rep);
    await assign('Woo_Integration', admin);
    await assign('Woo_Integration', sync);
    await assign('Woo_Sales', sync);
    const users = await usersOfKeys(session);
    expect(users).toEqual([admin, sync]);
    expect(keysNote(users)).toEqual([expect.stringContaining(`${admin}, ${sync}.`)]);
  });

  it('is nobody once somebody has it: what an admin takes away stays away', async () => {
    deploy(ofProject([OWN]));
    expect(await usersOfKeys(session)).toEqual([admin, sync]);
    await assign(STORE_KEYS, sync);
    expect(await usersOfKeys(session)).toEqual([]);
    expect(keysNote([])).toEqual([]);
  });
});

/** Notes what the CLI is asked for, in order. */
class Recorder extends SfCli {
  readonly calls: string[] = [];

  override run(args: readonly string[]): Promise<Ran> {
    this.calls.push(args.join(' '));
    return Promise.resolve({ code: 0, stdout: '{}', stderr: '' });
  }
}

async function calls(more: Partial<Metadata>): Promise<readonly string[]> {
  const sf = new Recorder('/nowhere');
  await deployMetadata(sf, {
    upgrade: true,
    storeUrl: undefined,
    route: 'named_credential',
    outbound: { endpoint: null, username: sync },
    usersOfKeys: [admin, sync],
    ...more,
  });
  return sf.calls;
}

describe('a deploy that takes the earlier grant', () => {
  const start = 'project deploy start --concise';
  const upgrade = `${start} -d force-app -d config/org/main/outbound`;

  it('brings the permission set and assigns it before anything else', async () => {
    expect(await calls({ production: true })).toEqual([
      `${start} -d ${STORE_KEYS_FILE}`,
      `org assign permset --json --name ${STORE_KEYS} --on-behalf-of ${admin} --on-behalf-of ${sync}`,
      expect.stringMatching(`^${upgrade} --test-level`),
    ]);
  });

  it('assigns nothing in a dry run', async () => {
    expect(await calls({ dryRun: true })).toEqual([
      `${start} -d ${STORE_KEYS_FILE} --dry-run`,
      `${upgrade} --dry-run`,
    ]);
  });

  it('is one deploy where nobody had it', async () => {
    expect(await calls({ usersOfKeys: [] })).toEqual([upgrade]);
  });
});
