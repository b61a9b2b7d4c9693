import type { Assumption } from '../../model/assumption.ts';
import { asks } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { recordsIn } from '../../sides/answers.ts';

/** Some of the rights that `npm run setup` asks for. */
const OWN_RIGHTS =
  'SELECT PermissionsApiEnabled, PermissionsAuthorApex, PermissionsCustomizeApplication FROM UserPermissionAccess';

export const SETTING_UP: readonly Assumption[] = [
  {
    id: 'rights-of-caller',
    statement:
      '`UserPermissionAccess` has one row, with the rights of who asks, a field for each: also those of the set-up',
    places: ['scripts/setup/look/org.ts'],
    calls: 2,
    probe: async (probing) => {
      const service = await probing.service();
      const asked = [probing.org, service.org].map((org) => org.rows(OWN_RIGHTS));
      const [admin = [], sync = []] = await Promise.all(asked);
      const named = [...admin, ...sync].map((row) => row['PermissionsCustomizeApplication']);
      return verdict(isSame(named, [true, false]), named);
    },
    deviation: {
      says: 'the row is of the profile of an administrator, whoever asks',
      change: (exchange) => {
        if (!asks(exchange, 'FROM UserPermissionAccess')) return;
        for (const one of recordsIn(exchange.body)) one['PermissionsCustomizeApplication'] = true;
      },
    },
  },
  {
    id: 'editions-without-apex',
    statement:
      '`OrganizationType` of Organization begins with Professional, Group, Team, Contact Manager, Essentials, Starter, Base, Personal or Pro Suite in the editions that run no Apex of their own, and in no other',
    places: ['scripts/setup/look/org.ts'],
    person:
      'In an org of each edition that you have, compare `SELECT OrganizationType FROM Organization` with whether a class deploys.',
  },
  {
    id: 'org-with-person-accounts',
    statement:
      'An org with Person Accounts has a record type whose `IsPersonType` is true; one without has none, or not the field',
    places: ['scripts/setup/look/org.ts'],
    person:
      'Ask `SELECT COUNT() FROM RecordType WHERE IsPersonType = true` in an org of each kind.',
  },
  {
    id: 'address-of-pages',
    statement:
      'The pages of an org are at its My Domain with `.lightning.force.com` in place of `.my.salesforce.com`, those of sandboxes and scratch orgs too',
    places: ['scripts/setup/load/in-org.ts'],
    person: 'Open the address that `npm run setup` prints last: it shows the newest order.',
  },
  {
    id: 'key-of-the-unit',
    statement:
      'The unit that the set-up writes gives the service its private key by `LoadCredential`, and `${CREDENTIALS_DIRECTORY}` in its `ExecStart` is where that is',
    places: ['scripts/setup/service/server-files.ts'],
    person:
      'On a server with systemd, follow the first lines of the unit: `systemctl status woo-salesforce` says that it runs.',
  },
  {
    id: 'key-in-compose',
    statement:
      'A secret of Docker Compose that is a file of the user 1000 with the mode 0600 can be read by the user of the image',
    places: ['scripts/setup/service/server-files.ts'],
    person: 'With `--compose`, run `docker compose up -d --build` in the folder: the service runs.',
  },
  {
    id: 'empty-batch',
    statement:
      'An empty batch of products changes nothing; it is answered with 200 where the key may write, and refused as every other POST where it may only read',
    places: ['scripts/setup/look/shop.ts'],
    source:
      'Recorded from WooCommerce 10.5: `batch/products-empty.json` and `errors/401-write-with-read-key.json` in local/store/recordings',
  },
  {
    id: 'scratch-org-from-definition',
    statement:
      'A Dev Hub makes an org from `config/project-scratch-def.json`, whose administrator may be given Woo_Admin, Woo_Integration and Woo_Bypass; `lightning/app/c__WooCommerce` opens the app',
    places: ['scripts/scratch-org/main.ts', 'scripts/scratch-org/scratch-org.ts'],
    person:
      'Run `npm run scratch-org` with a Dev Hub: sample data agrees, and the app opens. Run it again: the same org, and nothing is written.',
  },
  {
    id: 'setup-taken-back',
    statement:
      'Records of custom metadata that a retrieve by name gives can be deployed again as they are, and validation rules are deleted by `destructiveChangesPost.xml` of the same deploy',
    places: ['scripts/lib/metadata-package.ts', 'scripts/test-org/changed-setup.ts'],
    person:
      'Run `npm run test:org -- --target-org NAME issues`: it ends with exit code 0, and `sf project retrieve start` shows no difference to before.',
  },
];
