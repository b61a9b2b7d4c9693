import type { Call } from '../../api/call.ts';
import { ApiError } from '../../model/errors.ts';
import type { OrgView } from '../../model/org-view.ts';
import { componentMetadata, layoutOf, type Placed } from './dashboard-metadata.ts';
import {
  DASHBOARDS,
  type DashboardComponent,
  folderOf,
  idOf,
  isSame,
  maySee,
  type ReportComponent,
  urlOf,
} from './folders.ts';
import { notRun } from './refusal.ts';
import { extendedMetadata, reportMetadata } from './report-metadata.ts';
import { runReport } from './run-report.ts';
import { timeZoneOf } from './viewer.ts';

const seenBy = (call: Call): readonly DashboardComponent[] =>
  call.services.data.whole
    .components()
    .filter((one): one is DashboardComponent => one.type === 'Dashboard' && maySee(call, one));

/** The dashboards that the user may see. */
export const dashboards = (call: Call): readonly object[] =>
  seenBy(call).map((one) => {
    const id = idOf(one);
    const url = urlOf(call, DASHBOARDS, id);
    return { id, name: one.body.title, statusUrl: `${url}/status`, url };
  });

interface Runner {
  readonly id: string;
  readonly name: string;
}

/** In this org administrators alone deploy, so its first one stands for whoever did. */
function deployer({ whole }: OrgView): Runner {
  const row = whole.db.get(
    `SELECT u.Id AS id, u.Name AS name FROM User u JOIN Profile p ON p.Id = u.ProfileId
      WHERE p.Name = 'System Administrator' AND u.IsActive = 1 ORDER BY u.Id LIMIT 1`,
  );
  return { id: String(row?.['id']), name: String(row?.['name']) };
}

/**
 * A dashboard with the results of its reports, as its running user may see the records, on that user's days.
 * @throws ApiError where it is not there, or holds what is not run here
 */
export function dashboardOf(call: Call, id: string): object {
  const component = seenBy(call).find((one) => isSame(one, id));
  if (!component) {
    throw new ApiError(
      404,
      'NOT_FOUND',
      `The dashboard ${id} is not there, or not shared with you.`,
    );
  }
  const asked = [...call.query.keys()][0];
  if (asked !== undefined) throw notRun(`the parameter ${asked} of a dashboard`);
  const { body: dashboard } = component;
  if (dashboard.dashboardType !== 'SpecifiedUser' || dashboard.runningUser !== undefined)
    throw notRun(`a dashboard of ${dashboard.dashboardType} ${dashboard.runningUser ?? ''}`);
  const runner = deployer(call.services.data);
  const placed = placedOf(call, component);
  const ownId = idOf(component);
  const url = urlOf(call, DASHBOARDS, ownId);
  const folder = folderOf(call, component);
  return {
    attributes: {
      dashboardId: ownId,
      dashboardName: dashboard.title,
      type: 'Dashboard',
      describeUrl: `${url}/describe`,
      statusUrl: `${url}/status`,
    },
    componentData: placed.map((one) => dataOf(call, one, runner.id)),
    dashboardMetadata: {
      canChangeRunningUser: false,
      components: placed.map(componentMetadata),
      description: dashboard.description ?? null,
      filters: [],
      developerName: component.fullName.slice(component.fullName.indexOf('/') + 1),
      folderId: folder ? idOf(folder) : null,
      id: ownId,
      layout: layoutOf(dashboard),
      name: dashboard.title,
      runningUser: { displayName: runner.name, id: runner.id },
    },
  };
}

/** The components in the order of the grid, each with its report. */
function placedOf(call: Call, { body, fullName }: DashboardComponent): readonly Placed[] {
  const reports = call.services.data.whole
    .components()
    .filter((one): one is ReportComponent => one.type === 'Report');
  const all = body.dashboardGridLayout?.dashboardGridComponents ?? [];
  return all.map(({ dashboardComponent: component }, at) => {
    const report = reports.find((one) => one.fullName === component.report);
    if (!report) throw notRun(`a component of a dashboard without a report`);
    return {
      component,
      report,
      at,
      id: idOf({ type: 'DashboardComponent', fullName: `${fullName}/${at}` }),
    };
  });
}

/** What the running user may not see is the status of the component, not a refusal of the dashboard. */
function dataOf(call: Call, { id, report }: Placed, runner: string): object {
  const org = call.services.viewOf(runner);
  const refreshDate = org.time().toISOString().replace('Z', '+0000');
  const status = { dataStatus: 'DATA', errorCode: null, errorMessage: null, errorSeverity: null };
  const done = { refreshDate, refreshStatus: 'IDLE' };
  try {
    const viewer = { org, timeZone: timeZoneOf(org, runner), version: call.version };
    const ran = runReport(viewer, report.body, false);
    const reportResult = {
      attributes: null,
      allData: true,
      factMap: ran.factMap,
      groupingsAcross: null,
      groupingsDown: { groupings: ran.groupings },
      hasDetailRows: false,
      reportExtendedMetadata: { ...extendedMetadata(ran), detailColumnInfo: {} },
      reportMetadata: { ...reportMetadata(report, idOf(report), ran), detailColumns: [] },
    };
    return { componentId: id, reportResult, status: { ...status, ...done } };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 403) throw error;
    const failed = {
      errorCode: error.errorCode,
      errorMessage: error.message,
      errorSeverity: 'Error',
    };
    return {
      componentId: id,
      reportResult: null,
      status: { dataStatus: 'ERROR', ...failed, ...done },
    };
  }
}
