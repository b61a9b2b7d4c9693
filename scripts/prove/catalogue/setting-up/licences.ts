import type { Assumption } from '../../model/assumption.ts';
import { asks } from '../../model/exchange.ts';
import { CannotTell, verdict } from '../../model/verdict.ts';
import { recordsIn } from '../../sides/answers.ts';

/** The licence of integration users, in a query. */
export const LICENSE = "'Salesforce Integration'";

/** The licences of the integration user, as the guided set-up looks for them. */
export const LICENCES: readonly Assumption[] = [
  {
    id: 'licence-of-integrations',
    statement:
      '`UserLicense` has a row whose `Name` is _Salesforce Integration_ in every language, and counts in `TotalLicenses` and `UsedLicenses`',
    places: ['scripts/lib/connect/licenses.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const [row] = await org.rows(
        `SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = ${LICENSE}`,
      );
      if (!row) throw new CannotTell('The org has no such licence: its edition may have none.');
      const counts = [row['TotalLicenses'], row['UsedLicenses']];
      return verdict(
        counts.every((one) => Number.isInteger(one)),
        counts,
      );
    },
    deviation: {
      says: 'what is in use is not counted',
      change: (exchange) => {
        if (!asks(exchange, 'UsedLicenses FROM UserLicense')) return;
        for (const one of recordsIn(exchange.body)) one['UsedLicenses'] = null;
      },
    },
  },
  {
    id: 'profile-of-the-licence',
    statement:
      'The profiles of a licence are found by `UserLicense.Name`, and `PermissionsApiUserOnly` says which of them let only the API in: the standard one of _Salesforce Integration_ does, whatever its name is in the language of the org',
    places: ['scripts/lib/connect/licenses.ts', 'scripts/lib/connect/integration-user.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const rows = await org.rows(
        `SELECT Name, PermissionsApiUserOnly FROM Profile WHERE UserLicense.Name = ${LICENSE}`,
      );
      if (rows.length === 0) throw new CannotTell('The org has no such profile.');
      return verdict(
        rows.some((row) => row['PermissionsApiUserOnly'] === true),
        rows,
      );
    },
    deviation: {
      says: 'it lets people in too',
      change: (exchange) => {
        if (!asks(exchange, 'PermissionsApiUserOnly FROM Profile')) return;
        for (const one of recordsIn(exchange.body)) one['PermissionsApiUserOnly'] = false;
      },
    },
  },
  {
    id: 'name-of-the-permission-set-licence',
    statement:
      'The permission set licence _Salesforce API Integration_ has the developer name `SalesforceAPIIntegrationPsl`',
    places: ['scripts/lib/connect/licenses.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask(
        "SELECT MasterLabel FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
      );
      return verdict(recordsIn(answer.body).length === 1, answer.body);
    },
    deviation: {
      says: 'none has this name',
      change: (exchange) => {
        if (!asks(exchange, 'FROM PermissionSetLicense')) return;
        Object.assign(exchange, { body: { totalSize: 0, done: true, records: [] } });
      },
    },
  },
];
