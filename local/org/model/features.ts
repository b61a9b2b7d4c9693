/** What an administrator turns on in Setup before anything is deployed. */
export interface OrgFeatures {
  readonly personAccounts: boolean;
  /** State and country picklists. */
  readonly statePicklists: boolean;
  /** Translation Workbench, with every language that can be translated into. */
  readonly translations: boolean;
  /** The org lets nobody deploy the OAuth settings of external client apps. */
  readonly clientAppsBlocked: boolean;
}

/** Those that a deploy asks for. */
export type DeployFeatures = Pick<OrgFeatures, 'translations' | 'clientAppsBlocked'>;

export const noFeatures: OrgFeatures = {
  personAccounts: false,
  statePicklists: false,
  translations: false,
  clientAppsBlocked: false,
};
